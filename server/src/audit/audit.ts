import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { recordedAt } from "../platform/context.ts";
import { jsonbArray, type Tx, textArray, uuidArray } from "../platform/database/index.ts";
import { truncateIp } from "../platform/truncate-ip.ts";
import { toWire } from "../platform/wire.ts";

/** What an act was done to, and how it changed it. Personal data goes in as ids, never as itself: the trail outlives an erasure. */
export type AuditedAct = {
  readonly targetType: string;
  readonly targetId: string | null;
  readonly before?: object;
  readonly after?: object;
  readonly reason?: string;
};

export type Audit = {
  /** Appends to the trail in the transaction of the act. `action` is `<object>.<past participle>`. */
  record(tx: Tx, action: string, act: AuditedAct): Promise<void>;
  /** The same for many acts of one kind. */
  recordAll(tx: Tx, action: string, acts: readonly AuditedAct[]): Promise<void>;
};

/** Makes the audit trail's writer. It never waits for another writer: order is given later, by the sealing job. */
export const createAudit = (): Audit => ({
  record: (tx, action, act) => recordAll(tx, action, [act]),
  recordAll,
});

async function recordAll(tx: Tx, action: string, acts: readonly AuditedAct[]): Promise<void> {
  if (acts.length === 0) return;
  const { actor, tenantId, requestId, ip } = tx.ctx;
  const actorId =
    actor.type === "user"
      ? actor.userId
      : actor.type === "key"
        ? actor.keyId
        : actor.type === "system"
          ? actor.job
          : null;
  const wire = (value: object | undefined) => (value === undefined ? null : toWire(value));
  // The order of the arrays is the order of `position`.
  await sql`
    insert into audit_log (
           tenant_id, id, actor_type, actor_id, action, target_type, target_id, before, after, reason, request_id, ip_truncated, occurred_at)
    select ${tenantId}, a.id, ${actor.type}, ${actorId}, ${action}, a.target_type, a.target_id, a.before, a.after, a.reason, ${requestId},
           ${ip === null ? null : truncateIp(ip)}, ${recordedAt(tx.ctx)}
      from unnest(
        ${uuidArray(acts.map(() => newId()))}::uuid[],
        ${textArray(acts.map((act) => act.targetType))}::text[],
        ${uuidArray(acts.map((act) => act.targetId))}::uuid[],
        ${jsonbArray(acts.map((act) => wire(act.before)))}::jsonb[],
        ${jsonbArray(acts.map((act) => wire(act.after)))}::jsonb[],
        ${textArray(acts.map((act) => act.reason ?? null))}::text[]
      ) with ordinality as a (id, target_type, target_id, before, after, reason, ordinal)
     order by a.ordinal`.execute(tx);
}
