import { type Selectable, sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { KeptTransaction, RecordedTransaction, TransactionKind } from "./transaction.ts";

export type TransactionRow = Selectable<DB["transactions"]>;

/** The columns of a row that a `KeptTransaction` is made of. */
export type KeptRow = Omit<TransactionRow, "tenant_id" | "number" | "recorded_at">;

/** A row as a transaction. The check constraint on `kind`, and the one that ties partner to referral, make the casts true. */
export function toKept(row: KeptRow): KeptTransaction {
  return {
    id: row.id,
    externalId: row.external_id,
    customerId: row.user_id,
    kind: row.kind as TransactionKind,
    amount: row.amount,
    currency: row.currency,
    tax: row.tax,
    revenue: row.revenue,
    product: row.product,
    planCode: row.plan_code,
    country: row.country,
    occurredAt: row.occurred_at,
    originalExternalId: row.original_external_id,
    originalId: row.original_id,
    attribution:
      row.referral_id === null || row.partner_id === null
        ? null
        : { referralId: row.referral_id, partnerId: row.partner_id },
  };
}

/**
 * The rows that decide what a batch becomes, in the order in which they arrived: those that carry a name of the batch or are named by it,
 * those that wait for a name of the batch, and those that wait for these (a chargeback won, for its chargeback, for its payment).
 */
export async function findRowsAround(
  tx: ReadTx,
  names: { readonly externalIds: readonly string[]; readonly originalExternalIds: readonly string[] },
): Promise<KeptTransaction[]> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<KeptRow>`
    with named as (
      select *
        from transactions
       where tenant_id = ${tenantId}
         and external_id = any (${[...names.externalIds, ...names.originalExternalIds]}::text[])
    ), waiting as (
      select *
        from transactions
       where tenant_id = ${tenantId}
         and original_external_id = any (${names.externalIds}::text[])
         and original_id is null
    ), waiting_behind as (
      select t.*
        from transactions t
        join waiting w on t.original_external_id = w.external_id
       where t.tenant_id = ${tenantId}
         and t.original_id is null
    )
    select * from named
     union
    select * from waiting
     union
    select * from waiting_behind
     order by recorded_at, id`.execute(tx);
  return rows.map(toKept);
}

/** Another server has just recorded one of these external ids for another customer: the whole transaction is run again and sees it. */
export class RecordedMeanwhile extends Error {
  override name = "RecordedMeanwhile";
  /** `serialization_failure`: the database layer repeats the transaction. */
  readonly code = "40001";
}

/** Inserts transactions, all or none. Throws `RecordedMeanwhile` where another transaction took one of the external ids first. */
export async function insertTransactions(tx: Tx, transactions: readonly RecordedTransaction[]): Promise<void> {
  if (transactions.length === 0) return;
  // In one order in every server, so that two batches that share external ids wait for each other in a line and not in a circle.
  const rows = transactions.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const { numAffectedRows } = await sql`
    insert into transactions (
           tenant_id, id, external_id, user_id, kind, amount, currency, tax, revenue, occurred_at,
           original_external_id, original_id, referral_id, partner_id, number, product, plan_code, country, recorded_at)
    select ${tx.ctx.tenantId}, t.id, t.external_id, t.user_id, t.kind, t.amount, t.currency, t.tax, t.revenue, t.occurred_at,
           t.original_external_id, t.original_id, t.referral_id, t.partner_id, t.number, t.product, t.plan_code, t.country, ${tx.ctx.now}
      from unnest(
           ${rows.map((row) => row.id)}::uuid[],
           ${rows.map((row) => row.externalId)}::text[],
           ${rows.map((row) => row.customerId)}::uuid[],
           ${rows.map((row) => row.kind)}::text[],
           ${rows.map((row) => row.amount.toString())}::bigint[],
           ${rows.map((row) => row.currency)}::text[],
           ${rows.map((row) => row.tax.toString())}::bigint[],
           ${rows.map((row) => row.revenue.toString())}::bigint[],
           ${rows.map((row) => row.occurredAt.toISOString())}::timestamptz[],
           ${rows.map((row) => row.originalExternalId)}::text[],
           ${rows.map((row) => row.originalId)}::uuid[],
           ${rows.map((row) => row.referralId)}::uuid[],
           ${rows.map((row) => row.partnerId)}::uuid[],
           ${rows.map((row) => row.number?.toString() ?? null)}::bigint[],
           ${rows.map((row) => row.product)}::text[],
           ${rows.map((row) => row.planCode)}::text[],
           ${rows.map((row) => row.country)}::text[]
         ) as t (
           id, external_id, user_id, kind, amount, currency, tax, revenue, occurred_at,
           original_external_id, original_id, referral_id, partner_id, number, product, plan_code, country)
        on conflict (tenant_id, external_id) do nothing`.execute(tx);
  if (numAffectedRows !== BigInt(rows.length)) throw new RecordedMeanwhile();
}

/** Ties reversals that waited to their originals, and gives them their place. */
export async function tieTransactions(tx: Tx, transactions: readonly RecordedTransaction[]): Promise<void> {
  if (transactions.length === 0) return;
  const { numAffectedRows } = await sql`
    update transactions t
       set original_id = tied.original_id, referral_id = tied.referral_id, partner_id = tied.partner_id, number = tied.number
      from unnest(
           ${transactions.map((row) => row.id)}::uuid[],
           ${transactions.map((row) => row.originalId)}::uuid[],
           ${transactions.map((row) => row.referralId)}::uuid[],
           ${transactions.map((row) => row.partnerId)}::uuid[],
           ${transactions.map((row) => row.number?.toString() ?? null)}::bigint[]
         ) as tied (id, original_id, referral_id, partner_id, number)
     where t.tenant_id = ${tx.ctx.tenantId}
       and t.id = tied.id
       and t.original_id is null`.execute(tx);
  invariant(
    numAffectedRows === BigInt(transactions.length),
    "a waiting reversal is tied under the lock of its customer",
  );
}
