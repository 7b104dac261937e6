import { type Selectable, sql } from "kysely";
import type { Actor } from "../platform/context.ts";
import {
  type DB,
  likeOf,
  type Page,
  type PageRequest,
  type ReadTx,
  selectPage,
  type Tx,
} from "../platform/database/index.ts";
import type { ChainedRow, Link } from "./audit-chain.ts";

/** Where a chain ends. */
export type ChainHead = { readonly sequence: bigint; readonly hash: Buffer };

/** An act as the trail has it. */
export type AuditRow = {
  readonly id: string;
  readonly actorType: Actor["type"];
  readonly actorId: string | null;
  readonly action: string;
  readonly targetType: string;
  readonly targetId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly requestId: string | null;
  readonly network: string | null;
  readonly occurredAt: Date;
};

/**
 * Columns as they are hashed. Instants and positions go in as whole numbers in text: a Date would drop microseconds, and a row changed by
 * one would pass.
 */
const HASHED = sql`jsonb_build_object(
  'tenant_id', l.tenant_id, 'id', l.id, 'position', l.position::text, 'actor_type', l.actor_type, 'actor_id', l.actor_id,
  'action', l.action, 'target_type', l.target_type, 'target_id', l.target_id, 'before', l.before, 'after', l.after, 'reason', l.reason,
  'request_id', l.request_id, 'ip_truncated', l.ip_truncated,
  'occurred_at', (extract(epoch from l.occurred_at) * 1000000)::bigint::text)`;

/** Lets one sealer of a tenant work at a time; the others find that there is nothing to do. */
export async function lockChain(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`audit chain ${tx.ctx.tenantId}`}, 0)) as locked`.execute(tx);
  return rows[0]?.locked === true;
}

/** The last link; undefined where nothing is chained yet. */
export async function findHead(tx: ReadTx): Promise<(ChainHead & { position: bigint }) | undefined> {
  const { rows } = await sql<ChainHead & { position: bigint }>`
    select c.sequence, c.hash, l.position
      from audit_chain c
      join audit_log l on (l.tenant_id, l.id) = (c.tenant_id, c.audit_id)
     where c.tenant_id = ${tx.ctx.tenantId}
     order by c.sequence desc
     limit 1`.execute(tx);
  return rows[0];
}

/** The oldest rows after a position that no link holds. */
export async function findUnchained(
  tx: ReadTx,
  { after, limit }: { after: bigint; limit: number },
): Promise<{ id: string; row: ChainedRow }[]> {
  const { rows } = await sql<{ id: string; row: ChainedRow }>`
    select l.id, ${HASHED} as row
      from audit_log l
     where l.tenant_id = ${tx.ctx.tenantId}
       and l.position > ${after}
       and not exists (select from audit_chain c where (c.tenant_id, c.audit_id) = (l.tenant_id, l.id))
     order by l.position
     limit ${limit}`.execute(tx);
  return rows;
}

/** How many rows no link holds. */
export async function countUnchained(tx: ReadTx): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count
      from audit_log l
     where l.tenant_id = ${tx.ctx.tenantId}
       and not exists (select from audit_chain c where (c.tenant_id, c.audit_id) = (l.tenant_id, l.id))`.execute(tx);
  return rows[0]?.count ?? 0n;
}

export async function insertLinks(
  tx: Tx,
  links: readonly { sequence: bigint; auditId: string; hash: Buffer }[],
): Promise<void> {
  await sql`
    insert into audit_chain (tenant_id, sequence, audit_id, hash)
    select ${tx.ctx.tenantId}, w.sequence, w.audit_id, w.hash
      from unnest(
        ${links.map((link) => String(link.sequence))}::bigint[],
        ${links.map((link) => link.auditId)}::uuid[],
        ${links.map((link) => link.hash)}::bytea[]
      ) as w (sequence, audit_id, hash)`.execute(tx);
}

/** Links after a place in the chain, each with the row that it holds. */
export async function findLinks(tx: ReadTx, { after, limit }: { after: bigint; limit: number }): Promise<Link[]> {
  const { rows } = await sql<{ sequence: bigint; audit_id: string; hash: Buffer; row: ChainedRow | null }>`
    select c.sequence, c.audit_id, c.hash, case when l.id is not null then ${HASHED} end as row
      from audit_chain c
      left join audit_log l on (l.tenant_id, l.id) = (c.tenant_id, c.audit_id)
     where c.tenant_id = ${tx.ctx.tenantId}
       and c.sequence > ${after}
     order by c.sequence
     limit ${limit}`.execute(tx);
  return rows.map((link) => ({ ...link, auditId: link.audit_id, row: link.row ?? undefined }));
}

export type Checkpoint = ChainHead & { readonly signature: Buffer | null; readonly createdAt: Date };

/** Keeps a checkpoint; false where this place has one. */
export async function insertCheckpoint(tx: Tx, checkpoint: ChainHead & { signature: Buffer }): Promise<boolean> {
  const row = await tx
    .insertInto("audit_checkpoints")
    .values({ tenant_id: tx.ctx.tenantId, ...checkpoint, created_at: tx.ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning("sequence")
    .executeTakeFirst();
  return row !== undefined;
}

/** Checkpoints after a place and up to another. */
export const findCheckpoints = (
  tx: ReadTx,
  { after, upTo }: { after: bigint; upTo?: bigint },
): Promise<Checkpoint[]> => {
  let query = tx
    .selectFrom("audit_checkpoints")
    .select(["sequence", "hash", "signature", "created_at as createdAt"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("sequence", ">", after)
    .orderBy("sequence");
  if (upTo !== undefined) query = query.where("sequence", "<=", upTo);
  return query.execute();
};

export type AuditFilter = {
  /** A whole name, or its beginning before `*`: `payout.*`. */
  readonly action?: string;
  readonly actorType?: Actor["type"];
  readonly actorId?: string;
  readonly targetType?: string;
  readonly targetId?: string;
  readonly occurredFrom?: Date;
  readonly occurredBefore?: Date;
  /** Anywhere in what was done, why, and what it changed. */
  readonly words?: string;
};
/** Beside what the words are in: acts of these, or on these. UUIDs. */
export type Named = { readonly ids?: readonly string[] };

function selectActs(tx: ReadTx, filter: AuditFilter & Named) {
  let query = tx.selectFrom("audit_log").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
  const { action, words, ids = [] } = filter;
  if (action?.endsWith("*")) query = query.where("action", "like", `${likeOf(action.slice(0, -1)).slice(1)}`);
  else if (action !== undefined) query = query.where("action", "=", action);
  if (filter.actorType !== undefined) query = query.where("actor_type", "=", filter.actorType);
  if (filter.actorId !== undefined) query = query.where("actor_id", "=", filter.actorId);
  if (filter.targetType !== undefined) query = query.where("target_type", "=", filter.targetType);
  if (filter.targetId !== undefined) query = query.where("target_id", "=", filter.targetId);
  if (filter.occurredFrom !== undefined) query = query.where("occurred_at", ">=", filter.occurredFrom);
  if (filter.occurredBefore !== undefined) query = query.where("occurred_at", "<", filter.occurredBefore);
  // Ids are columns, and compared as such: only what was typed is looked for in the text of every act.
  if (words !== undefined)
    query = query.where(
      sql<boolean>`(
           actor_id = any (${[...ids]}::text[])
        or target_id = any (${[...ids]}::uuid[])
        or concat_ws(' ', action, reason, before, after, request_id, actor_id, target_id) ilike ${likeOf(words)})`,
    );
  return query;
}

/** A page of the trail. */
export async function findActs(tx: ReadTx, filter: AuditFilter & Named, page: PageRequest): Promise<Page<AuditRow>> {
  const { data, nextCursor } = await selectPage(selectActs(tx, filter), page, {
    sorts: { position: { column: "position", type: "bigint" } },
    defaultSort: "-position",
    idColumn: "id",
  });
  return { nextCursor, data: data.map(rowOf) };
}

/** Acts after a place of the trail, oldest first. */
export async function findActsAfter(
  tx: ReadTx,
  filter: AuditFilter & Named,
  { after, limit }: { readonly after: bigint; readonly limit: number },
): Promise<{ position: bigint; row: AuditRow }[]> {
  const rows = await selectActs(tx, filter).where("position", ">", after).orderBy("position").limit(limit).execute();
  return rows.map((row) => ({ position: row.position, row: rowOf(row) }));
}

const rowOf = (row: Selectable<DB["audit_log"]>): AuditRow => ({
  id: row.id,
  actorType: actorTypeOf(row.actor_type),
  actorId: row.actor_id,
  action: row.action,
  targetType: row.target_type,
  targetId: row.target_id,
  before: row.before,
  after: row.after,
  reason: row.reason,
  requestId: row.request_id,
  network: row.ip_truncated,
  occurredAt: row.occurred_at,
});

/** Written by `createAudit` alone, from an actor's own type. */
const actorTypeOf = (text: string) => text as Actor["type"];
