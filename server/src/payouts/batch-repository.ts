import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type BatchStatus, batchStatesBefore } from "./batch-rules.ts";
import { NOT_HELD, type PayoutRow } from "./payout-repository.ts";
import type { BankFileState } from "./payout-rules.ts";

export type BatchRow = {
  readonly id: string;
  readonly currency: string;
  readonly status: BatchStatus;
  readonly amount: bigint;
  readonly payouts: number;
  readonly approval_above: bigint | null;
  readonly made_by: string | null;
  readonly made_at: Date;
  readonly expires_at: Date | null;
  readonly approved_by: string | null;
  readonly approved_at: Date | null;
  readonly decision_reason: string | null;
  readonly released_by: string | null;
  readonly released_at: Date | null;
  readonly closed_at: Date | null;
  readonly finished_at: Date | null;
};

const BATCH_COLUMNS = [
  "id",
  "currency",
  "status",
  "amount",
  "payouts",
  "approval_above",
  "made_by",
  "made_at",
  "expires_at",
  "approved_by",
  "approved_at",
  "decision_reason",
  "released_by",
  "released_at",
  "closed_at",
  "finished_at",
] as const;

/** The `status` column holds what its check constraint admits. */
export const asBatch = (row: Omit<BatchRow, "status"> & { status: string }): BatchRow => row as BatchRow;

/** The base of every read of batches; callers add filters. */
export const selectBatches = (tx: ReadTx) =>
  tx.selectFrom("payout_batches").select(BATCH_COLUMNS).where("payout_batches.tenant_id", "=", tx.ctx.tenantId);

export async function findBatch(tx: ReadTx, id: string): Promise<BatchRow | undefined> {
  const row = await selectBatches(tx).where("id", "=", id).executeTakeFirst();
  return row && asBatch(row);
}

/** The same, locked: whoever decides about a batch takes its turn. */
export async function lockBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  const row = await selectBatches(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && asBatch(row);
}

/** Writes a batch and takes payouts that wait into it. */
export async function insertBatch(
  tx: Tx,
  batch: Pick<BatchRow, "id" | "currency" | "status" | "amount" | "approval_above" | "made_by" | "expires_at">,
  payoutIds: readonly string[],
): Promise<BatchRow> {
  const row = await tx
    .insertInto("payout_batches")
    .values({ ...batch, tenant_id: tx.ctx.tenantId, payouts: payoutIds.length, made_at: tx.ctx.now })
    .returning(BATCH_COLUMNS)
    .executeTakeFirstOrThrow();
  await tx
    .updateTable("partner_payouts")
    .set({ batch_id: batch.id, ...NOT_HELD })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .execute();
  return asBatch(row);
}

/** Moves a batch, if it is where it may be moved from; undefined when it is not. The one statement settles every race. */
export async function moveBatch(
  tx: Tx,
  id: string,
  to: BatchStatus,
  change: Partial<
    Pick<
      BatchRow,
      "approved_by" | "approved_at" | "decision_reason" | "released_by" | "released_at" | "closed_at" | "expires_at"
    >
  > = {},
): Promise<BatchRow | undefined> {
  const row = await tx
    .updateTable("payout_batches")
    .set({ status: to, ...change })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", batchStatesBefore(to))
    .returning(BATCH_COLUMNS)
    .executeTakeFirst();
  return row && asBatch(row);
}

/** Lets payouts out of their batch that have not left: they wait again. */
export async function dissolve(tx: Tx, payoutIds: readonly string[]): Promise<void> {
  await tx
    .updateTable("partner_payouts")
    .set({ batch_id: null })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...payoutIds]}::uuid[])`)
    .where("status", "=", "pending")
    .execute();
}

export type StatusCount = {
  readonly status: string;
  /** Of those that go by bank file, where they are. */
  readonly bankFile: BankFileState | null;
  readonly count: number;
  readonly amount: bigint;
};

/** What became of the payouts of batches, by batch: how many stand where. */
export async function countByStatus(
  tx: ReadTx,
  batchIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StatusCount[]>> {
  const { rows } = await sql<StatusCount & { batch_id: string }>`
    select batch_id, status, bank_file as "bankFile", count(*)::integer as count, sum(amount)::bigint as amount
      from partner_payouts
     where tenant_id = ${tx.ctx.tenantId} and batch_id = any (${[...batchIds]}::uuid[])
     group by batch_id, status, bank_file
     order by batch_id, status, bank_file`.execute(tx);
  const counts = new Map<string, StatusCount[]>();
  for (const { batch_id, ...count } of rows) counts.set(batch_id, [...(counts.get(batch_id) ?? []), count]);
  return counts;
}

/** Marks a released batch as finished when none of its payouts is under way any more; undefined where it is not, or was marked before. */
export async function finishBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  const row = await tx
    .updateTable("payout_batches")
    .set({ finished_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "released")
    .where("finished_at", "is", null)
    .where(
      sql<boolean>`not exists (
        select from partner_payouts p
         where (p.tenant_id, p.batch_id) = (payout_batches.tenant_id, payout_batches.id) and p.status in ('pending', 'processing'))`,
    )
    .returning(BATCH_COLUMNS)
    .executeTakeFirst();
  return row && asBatch(row);
}

/** Batches that have waited for a second person for too long, oldest first. */
export async function findExpired(tx: ReadTx, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom("payout_batches")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "waiting")
    .where("expires_at", "<=", tx.ctx.now)
    .orderBy("made_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** What has left since then without a second person, by currency, gross. What came back to waiting has not left. */
export async function leftUnapproved(
  tx: ReadTx,
  currencies: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<Pick<PayoutRow, "currency" | "amount">>`
    select p.currency, sum(p.amount)::bigint as amount
      from partner_payouts p
      left join payout_batches b on (b.tenant_id, b.id) = (p.tenant_id, p.batch_id)
     where p.tenant_id = ${tx.ctx.tenantId}
       and p.currency = any (${[...currencies]}::text[])
       and p.released_at > ${since}
       and b.approved_by is null
     group by p.currency`.execute(tx);
  return new Map(rows.map((row) => [row.currency, row.amount]));
}
