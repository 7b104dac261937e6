import { type RawBuilder, sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { type Amounts, type Counts, NO_COUNTS } from "./figure-rules.ts";
import type { Days, Granularity } from "./period-rules.ts";
import { NO_SOURCE_ID } from "./roll-up-counts.ts";

/** Whose figures: one partner's, or everybody's. Only roll-ups are read here, never what they are made of. */
export type Whose = { readonly partnerId?: string };

type CountRow = {
  clicks: bigint;
  repeat_clicks: bigint;
  signups: bigint;
  conversions: bigint;
  qualified: bigint;
  rejected: bigint;
  click_signups: bigint;
  click_conversions: bigint;
};

type AmountRow = {
  currency: string;
  revenue: bigint;
  payments: bigint;
  card_revenue: bigint;
  refunds: bigint;
  chargebacks: bigint;
  chargebacks_won: bigint;
  card_volume: bigint;
  commission_earned: bigint;
  commission_signup: bigint;
  commission_recurring: bigint;
  commission_transaction: bigint;
  commission_bonus: bigint;
};

const COUNT_SUMS = sql`
  coalesce(sum(f.clicks), 0)::bigint as clicks, coalesce(sum(f.repeat_clicks), 0)::bigint as repeat_clicks,
  coalesce(sum(f.signups), 0)::bigint as signups, coalesce(sum(f.conversions), 0)::bigint as conversions,
  coalesce(sum(f.qualified), 0)::bigint as qualified, coalesce(sum(f.rejected), 0)::bigint as rejected,
  coalesce(sum(f.signups) filter (where f.source = 'click'), 0)::bigint as click_signups,
  coalesce(sum(f.conversions) filter (where f.source = 'click'), 0)::bigint as click_conversions`;

const AMOUNT_SUMS = sql`
  sum(a.revenue)::bigint as revenue, sum(a.payments)::bigint as payments, sum(a.card_revenue)::bigint as card_revenue,
  sum(a.refunds)::bigint as refunds, sum(a.chargebacks)::bigint as chargebacks, sum(a.chargebacks_won)::bigint as chargebacks_won,
  sum(a.card_volume)::bigint as card_volume, sum(a.commission_earned)::bigint as commission_earned,
  sum(a.commission_signup)::bigint as commission_signup, sum(a.commission_recurring)::bigint as commission_recurring,
  sum(a.commission_transaction)::bigint as commission_transaction, sum(a.commission_bonus)::bigint as commission_bonus`;

/** A row that holds counts alone says nothing about its currency. */
const HAS_AMOUNTS = sql`
  (a.payments, a.card_revenue, a.card_volume, a.refunds, a.chargebacks, a.chargebacks_won) <> (0, 0, 0, 0, 0, 0)
  or (a.commission_signup, a.commission_recurring, a.commission_transaction, a.commission_bonus) <> (0, 0, 0, 0)`;

/** Rows of a roll-up that a question is about. */
export const within = (
  tx: ReadTx,
  alias: "a" | "f",
  { partnerId }: Whose,
  days: Days | undefined,
): RawBuilder<unknown> => sql`
  ${sql.ref(`${alias}.tenant_id`)} = ${tx.ctx.tenantId}
  ${partnerId === undefined ? sql`` : sql`and ${sql.ref(`${alias}.partner_id`)} = ${partnerId}`}
  ${days === undefined ? sql`` : sql`and ${sql.ref(`${alias}.metric_date`)} between ${days.from} and ${days.to}`}`;

/** The first day of the step in which a day lies, as `stepOf` has it. */
const step = (alias: "a" | "f", granularity: Granularity) =>
  sql`date_trunc(${granularity}, ${sql.ref(`${alias}.metric_date`)}::timestamp)::date`;

/** Sums of counts over days; over all time without any. */
export async function sumCounts(tx: ReadTx, whose: Whose, days?: Days): Promise<Counts> {
  const { rows } = await sql<CountRow>`
    select ${COUNT_SUMS} from partner_funnel_days f where ${within(tx, "f", whose, days)}`.execute(tx);
  return rows[0] ? countsOf(rows[0]) : NO_COUNTS;
}

/** Sums of amounts over days, by currency. */
export async function sumAmounts(tx: ReadTx, whose: Whose, days?: Days): Promise<Amounts[]> {
  const { rows } = await sql<AmountRow>`
    select a.currency, ${AMOUNT_SUMS}
      from partner_analytics a
     where ${within(tx, "a", whose, days)} and (${HAS_AMOUNTS})
     group by a.currency
     order by a.currency`.execute(tx);
  return rows.map(amountsOf);
}

/** Counts by step: the first day of each that has any. */
export async function countsByStep(
  tx: ReadTx,
  whose: Whose,
  period: Days & { readonly granularity: Granularity },
): Promise<ReadonlyMap<string, Counts>> {
  const { rows } = await sql<CountRow & { step: string }>`
    select ${step("f", period.granularity)} as step, ${COUNT_SUMS}
      from partner_funnel_days f
     where ${within(tx, "f", whose, period)}
     group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.step, countsOf(row)]));
}

/** Amounts by step and currency. */
export async function amountsByStep(
  tx: ReadTx,
  whose: Whose,
  period: Days & { readonly granularity: Granularity },
): Promise<ReadonlyMap<string, Amounts[]>> {
  const { rows } = await sql<AmountRow & { step: string }>`
    select ${step("a", period.granularity)} as step, a.currency, ${AMOUNT_SUMS}
      from partner_analytics a
     where ${within(tx, "a", whose, period)} and (${HAS_AMOUNTS})
     group by 1, 2
     order by 1, 2`.execute(tx);
  const steps = Map.groupBy(rows, (row) => row.step);
  return new Map([...steps].map(([first, amounts]) => [first, amounts.map(amountsOf)]));
}

/** Where referrals came from: a link, a coupon, or neither. `rest` is everything beyond the first so many. */
type SourceCounts = {
  readonly source: string;
  readonly linkId: string | null;
  readonly couponId: string | null;
  readonly code: string | null;
  readonly campaign: string | null;
  readonly counts: Counts;
};

/** Counts by source, those that brought most first; what is beyond `limit` is summed as one, so that the list adds up to the whole. */
export async function countsBySource(
  tx: ReadTx,
  whose: Whose,
  { days, limit }: { readonly days: Days; readonly limit: number },
): Promise<SourceCounts[]> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<
    CountRow & { source: string; source_id: string; code: string | null; campaign: string | null; is_coupon: boolean }
  >`
    with ranked as (
      select f.source, f.source_id,
             row_number() over (order by sum(f.conversions) desc, sum(f.signups) desc, sum(f.clicks) desc, f.source, f.source_id) as place
        from partner_funnel_days f
       where ${within(tx, "f", whose, days)}
       group by f.source, f.source_id
    ),
    shown as (
      select case when r.place <= ${limit} then f.source else 'rest' end as source,
             case when r.place <= ${limit} then f.source_id else ${NO_SOURCE_ID} end as source_id,
             least(r.place, ${limit} + 1) as place, ${COUNT_SUMS}
        from partner_funnel_days f
        join ranked r on (r.source, r.source_id) = (f.source, f.source_id)
       where ${within(tx, "f", whose, days)}
       group by 1, 2, 3
    )
    select s.*, coalesce(l.code, c.code) as code, l.campaign, c.id is not null as is_coupon
      from shown s
      left join referral_links l on (l.tenant_id, l.id) = (${tenantId}, s.source_id)
      left join coupons c on (c.tenant_id, c.id) = (${tenantId}, s.source_id)
     order by s.place`.execute(tx);
  return rows.map((row) => {
    const isNone = row.source_id === NO_SOURCE_ID;
    return {
      source: row.source,
      linkId: isNone || row.is_coupon ? null : row.source_id,
      couponId: row.is_coupon ? row.source_id : null,
      code: row.code,
      campaign: row.campaign,
      counts: countsOf(row),
    };
  });
}

/** What the books say that a partner has, by currency. */
type Balance = {
  readonly currency: string;
  readonly pending: bigint;
  readonly available: bigint;
  readonly disputed: bigint;
  readonly inTransit: bigint;
  readonly owed: bigint;
};

export async function findBalances(tx: ReadTx, partnerId: string): Promise<Balance[]> {
  const { rows } = await sql<Omit<Balance, "inTransit"> & { in_transit: bigint }>`
    select currency,
           coalesce(sum(balance) filter (where kind = 'pending'), 0)::bigint as pending,
           coalesce(sum(balance) filter (where kind = 'available'), 0)::bigint as available,
           coalesce(sum(balance) filter (where kind = 'disputed'), 0)::bigint as disputed,
           coalesce(sum(balance) filter (where kind = 'payout_in_transit'), 0)::bigint as in_transit,
           coalesce(sum(balance) filter (where kind = 'clawback_receivable'), 0)::bigint as owed
      from ledger_accounts
     where (tenant_id, partner_id) = (${tx.ctx.tenantId}, ${partnerId})
     group by currency
     order by currency`.execute(tx);
  return rows.map(({ in_transit: inTransit, ...balance }) => ({ ...balance, inTransit }));
}

const countsOf = (row: CountRow): Counts => ({
  clicks: row.clicks,
  repeatClicks: row.repeat_clicks,
  signups: row.signups,
  conversions: row.conversions,
  qualified: row.qualified,
  rejected: row.rejected,
  fromClicks: { signups: row.click_signups, conversions: row.click_conversions },
});

const amountsOf = (row: AmountRow): Amounts => ({
  currency: row.currency,
  revenue: row.revenue,
  payments: row.payments,
  cardRevenue: row.card_revenue,
  refunds: row.refunds,
  chargebacks: row.chargebacks,
  chargebacksWon: row.chargebacks_won,
  cardVolume: row.card_volume,
  commissionEarned: row.commission_earned,
  commissionSignup: row.commission_signup,
  commissionRecurring: row.commission_recurring,
  commissionTransaction: row.commission_transaction,
  commissionBonus: row.commission_bonus,
});
