import { sql } from "kysely";
import {
  bigintArray,
  integerArray,
  type Page,
  type PageRequest,
  type ReadTx,
  selectPage,
  sqlState,
  type Tx,
  textArray,
  timestamptzArray,
  uuidArray,
  violatedConstraint,
} from "../platform/database/index.ts";
import { ACCOUNT_KIND_NAMES, ACCOUNT_KINDS, type AccountKind } from "./account-kinds.ts";
import { ledgerErrors } from "./ledger-errors.ts";
import type { Entry, EntryKind } from "./ledger-postings.ts";

export type AccountPair = { readonly partnerId: string; readonly currency: string };

/** Opens what accounts are missing, so that there is something to lock: a `select for update` does not see a row that is not there yet. */
export async function openAccounts(tx: Tx, pairs: readonly AccountPair[]): Promise<void> {
  await sql`
    insert into ledger_accounts (tenant_id, partner_id, currency, kind)
    select ${tx.ctx.tenantId}, p.partner_id, p.currency, k.kind
      from (select distinct * from unnest(${pairs.map((pair) => pair.partnerId)}::uuid[], ${pairs.map((pair) => pair.currency)}::text[])
              as pairs (partner_id, currency)) p
     cross join unnest(${ACCOUNT_KIND_NAMES}::text[]) as k (kind)
     where not exists (
             select from ledger_accounts a
              where (a.tenant_id, a.partner_id, a.currency, a.kind) = (${tx.ctx.tenantId}, p.partner_id, p.currency, k.kind))
     order by p.partner_id, p.currency, k.kind
        on conflict do nothing`.execute(tx);
}

/** Locks the accounts of these kinds that are there, and says how many. */
export async function lockAccounts(
  tx: Tx,
  pairs: readonly AccountPair[],
  kinds: readonly AccountKind[],
): Promise<bigint> {
  const { rows } = await sql<{ locked: bigint }>`
    select ledger_lock_accounts(
      ${uuidArray(pairs.map((pair) => pair.partnerId))}::uuid[],
      ${textArray(pairs.map((pair) => pair.currency))}::text[],
      ${textArray(kinds)}::text[]
    ) as locked`.execute(tx);
  return rows[0]?.locked ?? 0n;
}

export type BalanceRow = AccountPair & { readonly kind: string; readonly balance: bigint };

/** Balances that are not zero. */
export async function findBalances(tx: ReadTx, pairs: readonly AccountPair[]): Promise<BalanceRow[]> {
  // Pair by pair by the key: as a join, Postgres reads all accounts of the tenant for the few of a batch. `offset 0` keeps the two apart.
  const { rows } = await sql<BalanceRow>`
    select p.partner_id as "partnerId", p.currency, a.kind, a.balance
      from (select distinct * from unnest(${pairs.map((pair) => pair.partnerId)}::uuid[], ${pairs.map((pair) => pair.currency)}::text[])
              as pairs (partner_id, currency)) p
     cross join lateral (
             select kind, balance
               from ledger_accounts
              where tenant_id = ${tx.ctx.tenantId}
                and partner_id = p.partner_id
                and currency = p.currency
                and balance <> 0
             offset 0
           ) a`.execute(tx);
  return rows;
}

/** Every currency in which a partner has accounts. */
export async function findCurrencies(tx: ReadTx, partnerId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("ledger_accounts")
    .select("currency")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .orderBy("currency")
    .execute();
  return rows.map((row) => row.currency);
}

/** Who has money in a currency, in transit included, or owes some: the largest available balance first, unless asked otherwise. */
export const pageOfHolders = (
  tx: ReadTx,
  currency: string,
  page: PageRequest,
): Promise<Page<{ id: string; balance: bigint }>> =>
  selectPage(
    tx
      .selectFrom("ledger_accounts")
      .select(["partner_id as id", "balance"])
      .where("tenant_id", "=", tx.ctx.tenantId)
      .where("currency", "=", currency)
      .where("kind", "=", "available")
      .where(
        sql<boolean>`exists (
          select from ledger_accounts o
           where (o.tenant_id, o.partner_id, o.currency) = (ledger_accounts.tenant_id, ledger_accounts.partner_id, ledger_accounts.currency)
             and o.kind in ('available', 'clawback_receivable', 'payout_in_transit')
             and o.balance <> 0)`,
      ),
    page,
    {
      sorts: { available: { column: "balance", type: "bigint" } },
      defaultSort: "-available",
      idColumn: "partner_id",
    },
  );

/** Currencies in which some partner has something that can be paid or is on its way, by code. */
export async function currenciesOwed(tx: ReadTx): Promise<string[]> {
  const rows = await tx
    .selectFrom("ledger_accounts")
    .select("currency")
    .distinct()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("kind", "in", ["available", "payout_in_transit"])
    .where("balance", ">", 0n)
    .orderBy("currency")
    .execute();
  return rows.map(({ currency }) => currency);
}

/** Partners who have something available in a currency, by id, after the one given. */
export async function findPayees(
  tx: ReadTx,
  { currency, after, limit }: { readonly currency: string; readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  let query = tx
    .selectFrom("ledger_accounts")
    .select("partner_id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("currency", "=", currency)
    .where("kind", "=", "available")
    .where("balance", ">", 0n);
  if (after !== undefined) query = query.where("partner_id", ">", after);
  const rows = await query.orderBy("partner_id").limit(limit).execute();
  return rows.map((row) => row.partner_id);
}

/** What an entry has moved: nothing where it is not in the books. */
export const findPostings = (
  tx: ReadTx,
  { kind, sourceId }: Pick<Entry, "kind" | "sourceId">,
): Promise<{ debit: string; credit: string; amount: bigint }[]> =>
  tx
    .selectFrom("ledger_postings")
    .select(["debit", "credit", "amount"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("kind", "=", kind)
    .where("source_id", "=", sourceId)
    .orderBy("line")
    .execute();

/** What has moved one account of a partner in a time, by when it was posted. Amounts are positive on the account's own side. */
export type Movements = {
  /** Its balance when the time began. */
  readonly opening: bigint;
  /** What each kind of entry has moved it by. */
  readonly moved: ReadonlyMap<EntryKind, bigint>;
};

/** Reckons back from the balance of now, in one statement: what is recent is read, and not all that ever was. */
export async function findMovements(
  tx: ReadTx,
  { partnerId, currency, account, from, to }: AccountPair & { account: AccountKind; from: Date; to: Date },
): Promise<Movements> {
  const { side } = ACCOUNT_KINDS[account];
  const { rows } = await sql<{ kind: EntryKind | null; is_inside: boolean | null; amount: bigint }>`
    select p.kind, t.posted_at < ${to} as is_inside,
           sum(case when (p.debit = ${account}) = ${side === "debit"} then p.amount else -p.amount end)::bigint as amount
      from ledger_transactions t
      join ledger_postings p on (p.tenant_id, p.kind, p.source_id) = (t.tenant_id, t.kind, t.source_id)
     where t.tenant_id = ${tx.ctx.tenantId}
       and t.partner_id = ${partnerId}
       and t.posted_at >= ${from}
       and p.currency = ${currency}
       and ${account} in (p.debit, p.credit)
     group by 1, 2
     union all
    select null, null, balance
      from ledger_accounts
     where (tenant_id, partner_id, currency, kind) = (${tx.ctx.tenantId}, ${partnerId}, ${currency}, ${account})`.execute(
    tx,
  );
  const since = rows.filter(({ kind }) => kind !== null);
  const now = rows.find(({ kind }) => kind === null)?.amount ?? 0n;
  return {
    opening: now - since.reduce((sum, { amount }) => sum + amount, 0n),
    moved: new Map(since.flatMap(({ kind, is_inside, amount }) => (is_inside && kind ? [[kind, amount]] : []))),
  };
}

/** Whether the tenant's books have an entry. */
export async function hasEntries(tx: ReadTx): Promise<boolean> {
  const row = await tx
    .selectFrom("ledger_transactions")
    .select("kind")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** One statement for any number of entries. The posting trigger moves the balances and the database refuses what may not go below zero. */
export async function insertEntries(tx: Tx, entries: readonly Entry[]): Promise<void> {
  const { tenantId, now } = tx.ctx;
  const lines = entries.flatMap((entry) => entry.postings.map((posting, line) => ({ entry, posting, line })));
  try {
    await sql`
      with written as (
        insert into ledger_transactions (tenant_id, kind, source_id, partner_id, occurred_at, posted_at)
        select ${tenantId}, e.kind, e.source_id, e.partner_id, e.occurred_at, ${now}
          from unnest(
            ${textArray(entries.map((entry) => entry.kind))}::text[],
            ${uuidArray(entries.map((entry) => entry.sourceId))}::uuid[],
            ${uuidArray(entries.map((entry) => entry.partnerId))}::uuid[],
            ${timestamptzArray(entries.map((entry) => entry.occurredAt))}::timestamptz[]
          ) as e (kind, source_id, partner_id, occurred_at)
      )
      insert into ledger_postings (tenant_id, kind, source_id, line, partner_id, currency, debit, credit, amount)
      select ${tenantId}, p.kind, p.source_id, p.line, p.partner_id, p.currency, p.debit, p.credit, p.amount
        from unnest(
          ${textArray(lines.map(({ entry }) => entry.kind))}::text[],
          ${uuidArray(lines.map(({ entry }) => entry.sourceId))}::uuid[],
          ${integerArray(lines.map(({ line }) => line))}::integer[],
          ${uuidArray(lines.map(({ entry }) => entry.partnerId))}::uuid[],
          ${textArray(lines.map(({ entry }) => entry.currency))}::text[],
          ${textArray(lines.map(({ posting }) => posting.debit))}::text[],
          ${textArray(lines.map(({ posting }) => posting.credit))}::text[],
          ${bigintArray(lines.map(({ posting }) => posting.amount))}::bigint[]
        ) as p (kind, source_id, line, partner_id, currency, debit, credit, amount)`.execute(tx);
  } catch (error) {
    if (violatedConstraint(error) === "ledger_accounts_not_negative_check") throw ledgerErrors.overdrawn({}, error);
    if (sqlState(error) === "23505") throw ledgerErrors.booked_before({}, error);
    throw error;
  }
}
