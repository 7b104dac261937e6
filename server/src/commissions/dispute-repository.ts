import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";

export const DISPUTE_STATUSES = ["open", "upheld", "cancelled"] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

export type DisputeRow = {
  readonly id: string;
  readonly commission_id: string;
  readonly partner_id: string;
  readonly reason: string;
  readonly status: DisputeStatus;
  /** Where the commission stood when it was disputed: decides where the money came from and goes back to. */
  readonly status_before: "pending" | "approved";
  readonly amount_moved: bigint;
  /** What the dispute holds now; zero once it is settled. */
  readonly amount_held: bigint;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_by: string | null;
  readonly resolution: string | null;
};

const DISPUTE_COLUMNS = [
  "id",
  "commission_id",
  "partner_id",
  "reason",
  "status",
  "status_before",
  "amount_moved",
  "amount_held",
  "opened_at",
  "resolved_at",
  "resolved_by",
  "resolution",
] as const;

type Kept = Omit<DisputeRow, "status" | "status_before"> & { status: string; status_before: string };
/** `status` and `status_before` hold what their check constraints admit. */
export const asDispute = (row: Kept): DisputeRow => row as DisputeRow;

/** The base of every read of disputes; callers add filters. */
export const selectDisputes = (tx: ReadTx) =>
  tx.selectFrom("commission_disputes").select(DISPUTE_COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findDispute(tx: ReadTx, id: string): Promise<DisputeRow | undefined> {
  const row = await selectDisputes(tx).where("id", "=", id).executeTakeFirst();
  return row && asDispute(row);
}

/** One is open at a time; more than this were settled long ago. */
const DISPUTES_SHOWN_MAX = 20;

/** The disputes of a commission, newest first. */
export async function findDisputesOf(tx: ReadTx, commissionId: string): Promise<DisputeRow[]> {
  const rows = await selectDisputes(tx)
    .where("commission_id", "=", commissionId)
    .orderBy("opened_at", "desc")
    .orderBy("id", "desc")
    .limit(DISPUTES_SHOWN_MAX)
    .execute();
  return rows.map(asDispute);
}

/** Open disputes by the root that they are about. */
export async function findOpenDisputes(tx: ReadTx, rootIds: readonly string[]): Promise<Map<string, DisputeRow>> {
  if (rootIds.length === 0) return new Map();
  const rows = await selectDisputes(tx)
    .where("commission_id", "=", sql<string>`any (${[...rootIds]}::uuid[])`)
    .where("status", "=", "open")
    .execute();
  return new Map(rows.map((row) => [row.commission_id, asDispute(row)]));
}

export async function insertDispute(
  tx: Tx,
  dispute: Pick<DisputeRow, "id" | "commission_id" | "partner_id" | "reason" | "status_before" | "amount_moved">,
): Promise<DisputeRow> {
  const row = await tx
    .insertInto("commission_disputes")
    .values({
      ...dispute,
      amount_held: dispute.amount_moved,
      tenant_id: tx.ctx.tenantId,
      opened_at: tx.ctx.now,
    })
    .returning(DISPUTE_COLUMNS)
    .executeTakeFirstOrThrow();
  return asDispute(row);
}

/** Follows the ledger where a reversal takes from an open dispute, or a won chargeback adds to it. The caller has locked the partner's accounts. */
export async function changeHeld(
  tx: Tx,
  changes: readonly { readonly disputeId: string; readonly by: bigint }[],
): Promise<void> {
  const sums = new Map<string, bigint>();
  for (const { disputeId, by } of changes) sums.set(disputeId, (sums.get(disputeId) ?? 0n) + by);
  if (sums.size === 0) return;
  const { numAffectedRows } = await sql`
    update commission_disputes d
       set amount_held = d.amount_held + c.by
      from unnest(${[...sums.keys()]}::uuid[], ${[...sums.values()].map(String)}::bigint[]) as c (id, by)
     where d.tenant_id = ${tx.ctx.tenantId}
       and d.id = c.id
       and d.status = 'open'`.execute(tx);
  invariant(numAffectedRows === BigInt(sums.size), "what changes is held by a dispute that is open under this lock");
}

/** Settles an open dispute; what it held has been booked away by the caller. Undefined where it is settled already. */
export async function closeDispute(
  tx: Tx,
  id: string,
  status: Exclude<DisputeStatus, "open">,
  resolution: string,
): Promise<DisputeRow | undefined> {
  const { actor, now, tenantId } = tx.ctx;
  const resolvedBy = actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null;
  const row = await tx
    .updateTable("commission_disputes")
    .set({ status, resolution, resolved_at: now, resolved_by: resolvedBy, amount_held: 0n })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("status", "=", "open")
    .returning(DISPUTE_COLUMNS)
    .executeTakeFirst();
  return row && asDispute(row);
}
