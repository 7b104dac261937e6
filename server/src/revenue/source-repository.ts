import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";

export type SourceKind = "stripe" | "generic";
export type SourceRow = Selectable<DB["revenue_sources"]>;

/** A source as an operator sees it: never with its secret. */
export type Source = {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly isEnabled: boolean;
  /** False until Stripe's secret is given: then nothing is let in. */
  readonly hasSecret: boolean;
  readonly previousSecretUntil: Date | null;
  readonly lastHeardAt: Date | null;
  readonly createdAt: Date;
};

/** The check constraint makes the cast true. */
export const toSource = (row: SourceRow): Source => ({
  id: row.id,
  kind: row.kind as SourceKind,
  name: row.name,
  isEnabled: row.is_enabled,
  hasSecret: row.secret_sealed !== null,
  previousSecretUntil: row.previous_until,
  lastHeardAt: row.last_heard_at,
  createdAt: row.created_at,
});

export const selectSources = (tx: ReadTx) =>
  tx.selectFrom("revenue_sources").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export const findSource = (tx: ReadTx, id: string): Promise<SourceRow | undefined> =>
  selectSources(tx).where("id", "=", id).executeTakeFirst();

/** How many there are; two who add one at once count one after the other. */
export async function countSources(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`revenue sources of ${tx.ctx.tenantId}`}, 0))`.execute(tx);
  const rows = await tx.selectFrom("revenue_sources").select("id").where("tenant_id", "=", tx.ctx.tenantId).execute();
  return rows.length;
}

export const insertSource = (
  tx: Tx,
  source: Pick<SourceRow, "id" | "kind" | "name" | "secret_sealed">,
): Promise<SourceRow> =>
  tx
    .insertInto("revenue_sources")
    .values({ ...source, tenant_id: tx.ctx.tenantId, created_at: tx.ctx.now, updated_at: tx.ctx.now })
    .returningAll()
    .executeTakeFirstOrThrow();

type SourceChange = Partial<
  Pick<SourceRow, "name" | "is_enabled" | "secret_sealed" | "previous_secret_sealed" | "previous_until">
>;

export const changeSource = (tx: Tx, id: string, change: SourceChange): Promise<SourceRow | undefined> =>
  tx
    .updateTable("revenue_sources")
    .set({ ...change, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();

/** Locked until the transaction ends, so that two rotations keep both their secrets' order. */
export const lockSource = (tx: Tx, id: string): Promise<SourceRow | undefined> =>
  selectSources(tx).where("id", "=", id).forUpdate().executeTakeFirst();

/** To the minute: a source that tells much does not write its row each time. */
const HEARD_EVERY = sql<string>`interval '1 minute'`;

export async function noteHeard(tx: Tx, id: string): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    update revenue_sources
       set last_heard_at = ${now}
     where tenant_id = ${tenantId}
       and id = ${id}
       and (last_heard_at is null or last_heard_at < ${now}::timestamptz - ${HEARD_EVERY})`.execute(tx);
}

/** Messages of one source are worked on one after the other, so that what one teaches the next one knows. Taken before any other lock. */
export async function takeTurn(tx: Tx, sourceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${tx.ctx.tenantId} ${sourceId}`}, 0))`.execute(tx);
}
