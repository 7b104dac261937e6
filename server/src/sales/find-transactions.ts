import { sql } from "kysely";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Database, type Page, type ReadTx, selectPage } from "../platform/database/index.ts";
import { transactionErrors } from "./sales-errors.ts";
import type { OwnTransactionsQuery, TransactionDetail, TransactionsQuery, TransactionView } from "./sales-schema.ts";
import type { KeptTransaction, RecordedTransaction } from "./transaction.ts";
import { type TransactionRow, toKept } from "./transaction-repository.ts";
import { isSettled, mismatchOf } from "./transaction-rules.ts";

export type FindingDeps = {
  readonly db: Database;
  readonly customers: {
    /** The ids of customers by external id; who does not exist is left out. */
    findCustomerIds(tx: ReadTx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** The external ids of customers by id. */
    findCustomerExternalIds(tx: ReadTx, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  };
};

/** A page of the tenant's transactions. */
export const findTransactions =
  (deps: FindingDeps) =>
  (ctx: Ctx, query: TransactionsQuery): Promise<Page<TransactionView>> =>
    deps.db.read(ctx, (tx) => {
      requireScope(ctx, "transactions:read");
      return listTransactions(deps, tx, query);
    });

async function listTransactions(
  deps: FindingDeps,
  tx: ReadTx,
  query: TransactionsQuery & Pick<OwnTransactionsQuery, "customerId">,
): Promise<Page<TransactionView>> {
  let select = tx.selectFrom("transactions").selectAll().where("tenant_id", "=", tx.ctx.tenantId);
  if (query.kind !== undefined) select = select.where("kind", "=", query.kind);
  if (query.currency !== undefined) select = select.where("currency", "=", query.currency);
  if (query.partnerId !== undefined) select = select.where("partner_id", "=", query.partnerId);
  if (query.externalId !== undefined) select = select.where("external_id", "=", query.externalId);
  if (query.occurredFrom !== undefined) select = select.where("occurred_at", ">=", new Date(query.occurredFrom));
  if (query.occurredBefore !== undefined) select = select.where("occurred_at", "<", new Date(query.occurredBefore));
  if (query.isWaiting !== undefined)
    select = select.where(
      sql<boolean>`(original_external_id is not null and original_id is null and not ${IS_REFUSED}) = ${query.isWaiting}`,
    );
  if (query.isRefused !== undefined) select = select.where(sql<boolean>`${IS_REFUSED} = ${query.isRefused}`);
  if (query.customerExternalId !== undefined) {
    const customers = await deps.customers.findCustomerIds(tx, [query.customerExternalId]);
    select = select.where("user_id", "in", [...customers.values(), NOBODY]);
  }
  if (query.customerId !== undefined) select = select.where("user_id", "=", query.customerId);
  const page = await selectPage(select, query, {
    sorts: { occurredAt: { column: "occurred_at", type: "timestamptz" } },
    defaultSort: "-occurredAt",
    idColumn: "id",
  });
  return { ...page, data: await viewsOf(deps, tx, page.data) };
}

/**
 * A reversal that waited and was not tied when its original got its place: it does not fit it. For SQL over `transactions`.
 */
const IS_REFUSED = sql<boolean>`(
  transactions.original_id is null
  and transactions.original_external_id is not null
  and exists (
      select
        from transactions original
       where original.tenant_id = transactions.tenant_id
         and original.external_id = transactions.original_external_id
         and (original.original_external_id is null or original.original_id is not null)))`;

/** How many reversals waited and do not fit their original. */
export async function countRefused(tx: ReadTx): Promise<number> {
  const { count } = await tx
    .selectFrom("transactions")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where(IS_REFUSED)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A page of the transactions of the acting partner's customers, without what only the operator is to know of them. */
export const findOwnTransactions =
  (deps: FindingDeps) =>
  (ctx: Ctx, query: OwnTransactionsQuery): Promise<Page<TransactionView>> => {
    requireScope(ctx, "own:transactions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listTransactions(deps, tx, { ...query, partnerId }));
  };

/** One transaction, and what reverses it. */
export const getTransaction =
  (deps: FindingDeps) =>
  (ctx: Ctx, id: string): Promise<TransactionDetail> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "transactions:read");
      const ofTenant = tx.selectFrom("transactions").selectAll().where("tenant_id", "=", ctx.tenantId);
      const row = await ofTenant.where("id", "=", id).executeTakeFirst();
      if (row === undefined) throw transactionErrors.not_found();
      const reversals = await ofTenant
        .where("original_id", "=", id)
        .orderBy("occurred_at")
        .orderBy("id")
        .limit(REVERSALS_SHOWN_MAX)
        .execute();
      const [transaction, ...rest] = await viewsOf(deps, tx, [row, ...reversals]);
      invariant(transaction !== undefined, "every row has a view");
      return { ...transaction, reversals: rest };
    });

/** A partner's transactions in its recorded sequence, after a number: what a replay reads. */
export async function findRecordedSequence(
  tx: ReadTx,
  query: { readonly partnerId: string; readonly after: bigint; readonly limit: number },
): Promise<RecordedTransaction[]> {
  const rows = await tx
    .selectFrom("transactions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", query.partnerId)
    .where("number", ">", query.after)
    .orderBy("number")
    .limit(query.limit)
    .execute();
  return rows.map(toRecorded);
}

/** What was recorded of a referral, in the order in which it was. */
export async function findRecordedOfReferral(tx: ReadTx, referralId: string): Promise<RecordedTransaction[]> {
  const rows = await tx
    .selectFrom("transactions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("referral_id", "=", referralId)
    .orderBy("number")
    .execute();
  return rows.map(toRecorded);
}

/** Transactions by id. */
export async function findRecorded(tx: ReadTx, ids: readonly string[]): Promise<RecordedTransaction[]> {
  const rows = await tx
    .selectFrom("transactions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${[...ids]}::uuid[])`)
    .execute();
  return rows.map(toRecorded);
}

/**
 * Of these transactions, the partners who had something recorded before it that comes after it in the order of dates: of a later date, or of the same
 * instant and of a later name, of another kind or reversed since. What was earned may not be what it would be in that order.
 */
export async function findOvertaken(tx: ReadTx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ partner_id: string }>`
    select distinct t.partner_id
      from transactions t
     where t.tenant_id = ${tx.ctx.tenantId}
       and t.id = any (${[...ids]}::uuid[])
       and t.partner_id is not null
       and exists (
           select
             from transactions later
            where later.tenant_id = t.tenant_id
              and later.partner_id = t.partner_id
              and later.number < t.number
              and later.occurred_at >= t.occurred_at
              and (later.occurred_at > t.occurred_at
                   or later.kind <> t.kind
                   or later.external_id collate "C" > t.external_id collate "C"
                   -- What reverses it comes after it, whatever its own date says.
                   or exists (
                      select
                        from transactions reversal
                       where reversal.tenant_id = later.tenant_id
                         and reversal.original_id = later.id
                         and reversal.number < t.number)))`.execute(tx);
  return rows.map((row) => row.partner_id);
}

function toRecorded(row: TransactionRow): RecordedTransaction {
  const { attribution: _, ...transaction } = toKept(row);
  return { ...transaction, referralId: row.referral_id, partnerId: row.partner_id, number: row.number };
}

/** Transactions by the names that the outside has for them. */
export async function findTransactionsByExternalIds(
  tx: ReadTx,
  externalIds: readonly string[],
): Promise<KeptTransaction[]> {
  const rows = await tx
    .selectFrom("transactions")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("external_id", "in", externalIds)
    .execute();
  return rows.map(toKept);
}

/** Those of the names that a transaction has, or that a reversal waits for. */
export async function findTransactionNames(tx: ReadTx, names: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select external_id as name
      from transactions
     where tenant_id = ${tx.ctx.tenantId}
       and external_id = any (${[...names]}::text[])
     union
    select original_external_id
      from transactions
     where tenant_id = ${tx.ctx.tenantId}
       and original_external_id = any (${[...names]}::text[])
       and original_id is null`.execute(tx);
  return new Set(rows.map(({ name }) => name));
}

/** Keeps an `in` list from being empty; no row has it. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
const REVERSALS_SHOWN_MAX = 200;

async function viewsOf(deps: FindingDeps, tx: ReadTx, rows: readonly TransactionRow[]): Promise<TransactionView[]> {
  const externalIds = await deps.customers.findCustomerExternalIds(tx, [...new Set(rows.map((row) => row.user_id))]);
  const originals = await originalsOfUnsettled(tx, rows.map(toKept));
  return rows.map((row) => {
    const { attribution, ...transaction } = toKept(row);
    const original = originals.get(transaction.originalExternalId ?? "");
    const refusal = isSettled(transaction) ? undefined : original && mismatchOf(transaction, original);
    return {
      ...transaction,
      customerExternalId: externalIds.get(row.user_id) ?? null,
      recordedAt: row.recorded_at,
      isWaiting: !isSettled(transaction) && refusal === undefined,
      refusal: refusal === undefined ? null : { code: refusal.code, title: refusal.message },
      referralId: attribution?.referralId ?? null,
      partnerId: attribution?.partnerId ?? null,
    };
  });
}

/** Of reversals without a place the originals that have theirs, by their names: what is not tied to one of these does not fit it. */
async function originalsOfUnsettled(
  tx: ReadTx,
  rows: readonly KeptTransaction[],
): Promise<ReadonlyMap<string, KeptTransaction>> {
  const names = rows.flatMap((row) => (isSettled(row) ? [] : (row.originalExternalId ?? [])));
  if (names.length === 0) return new Map();
  const originals = await findTransactionsByExternalIds(tx, names);
  return new Map(originals.filter(isSettled).map((original) => [original.externalId, original]));
}
