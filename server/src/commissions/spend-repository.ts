import { sql } from "kysely";
import { type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import { earningKey } from "./engine/earning-key.ts";
import { type SpendCut, type SpentMonth, spendKey } from "./engine/spend-facts.ts";

/** The most that may be earned in a month, by currency; empty where there is no limit. */
export async function findSpendLimits(tx: ReadTx): Promise<Map<string, bigint>> {
  const rows = await tx
    .selectFrom("spend_limits")
    .select(["currency", "monthly"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .orderBy("currency")
    .execute();
  return new Map(rows.map(({ currency, monthly }) => [currency, monthly]));
}

/** A page of them; a currency has one. */
export const findSpendLimitPage = (tx: ReadTx, page: PageRequest) =>
  selectPage(
    tx
      .selectFrom("spend_limits")
      .select(["tenant_id as id", "currency", "monthly"])
      .where("tenant_id", "=", tx.ctx.tenantId),
    page,
    { sorts: { currency: { column: "currency", type: "text" } }, defaultSort: "currency", idColumn: "tenant_id" },
  );

/** The same as a map, locked in one order: whoever gives room does so one after the other. Taken after the accounts of partners. */
export async function lockSpendLimits(tx: Tx): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ currency: string; monthly: bigint }>`
    select currency, monthly
      from spend_limits
     where tenant_id = ${tx.ctx.tenantId}
     order by currency
       for no key update`.execute(tx);
  return new Map(rows.map(({ currency, monthly }) => [currency, monthly]));
}

/** Sets the limit of a currency; null takes it away. */
export async function saveSpendLimit(tx: Tx, currency: string, monthly: bigint | null): Promise<void> {
  const { tenantId, now } = tx.ctx;
  if (monthly === null) {
    await tx.deleteFrom("spend_limits").where("tenant_id", "=", tenantId).where("currency", "=", currency).execute();
    return;
  }
  await tx
    .insertInto("spend_limits")
    .values({ tenant_id: tenantId, currency, monthly, updated_at: now })
    .onConflict((conflict) => conflict.columns(["tenant_id", "currency"]).doUpdateSet({ monthly, updated_at: now }))
    .execute();
}

/** What has been earned in these months, by `spendKey`. */
export async function findSpentMonths(tx: ReadTx, months: readonly string[]): Promise<Map<string, SpentMonth>> {
  const rows = await tx
    .selectFrom("spend_months")
    .select(["month", "currency", "spent"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("month", "=", sql<string>`any (${[...months]}::date[])`)
    .execute();
  return new Map(rows.map((one) => [spendKey(one), one]));
}

export async function saveSpentMonths(tx: Tx, months: readonly SpentMonth[]): Promise<void> {
  if (months.length === 0) return;
  await sql`
    insert into spend_months (tenant_id, month, currency, spent)
    select ${tx.ctx.tenantId}, s.*
      from unnest(
        ${months.map((one) => one.month)}::date[],
        ${months.map((one) => one.currency)}::text[],
        ${months.map((one) => String(one.spent))}::bigint[]
      ) as s
        on conflict (tenant_id, currency, month) do update
       set spent = excluded.spent`.execute(tx);
}

export async function insertSpendCuts(tx: Tx, cuts: readonly SpendCut[]): Promise<void> {
  if (cuts.length === 0) return;
  await sql`
    insert into spend_cuts (tenant_id, commission_id, partner_id, event_id, rule, wanted, given, created_at)
    select ${tx.ctx.tenantId}, c.*, ${tx.ctx.now}::timestamptz
      from unnest(
        ${cuts.map((one) => one.commissionId)}::uuid[],
        ${cuts.map((one) => one.partnerId)}::uuid[],
        ${cuts.map((one) => one.saleId)}::uuid[],
        ${cuts.map((one) => one.rule)}::text[],
        ${cuts.map((one) => String(one.wanted))}::bigint[],
        ${cuts.map((one) => String(one.given))}::bigint[]
      ) as c`.execute(tx);
}

/** What the limit left of commissions of these partners, by commission. */
export async function findSpendCuts(tx: ReadTx, partnerIds: readonly string[]): Promise<Map<string, bigint>> {
  if (partnerIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("spend_cuts")
    .select(["commission_id", "given"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", sql<string>`any (${[...partnerIds]}::uuid[])`)
    .execute();
  return new Map(rows.map(({ commission_id, given }) => [commission_id, given]));
}

/** What the limit left of what sales earned, by `earningKey`: of these, whoever had them (of several partners the latest says), or of these partners. */
export async function findSpendCutsOfSales(
  tx: ReadTx,
  of: { readonly saleIds: readonly string[] } | { readonly partnerIds: readonly string[] },
): Promise<Map<string, bigint>> {
  const [column, ids] =
    "saleIds" in of ? (["event_id", of.saleIds] as const) : (["partner_id", of.partnerIds] as const);
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("spend_cuts")
    .select(["event_id", "rule", "given"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where(column, "=", sql<string>`any (${[...ids]}::uuid[])`)
    .orderBy("created_at")
    .execute();
  const ruled = rows.flatMap(({ event_id, rule, given }) =>
    rule === null ? [] : [{ key: earningKey(event_id, rule), given }],
  );
  return new Map(ruled.map(({ key, given }) => [key, given]));
}
