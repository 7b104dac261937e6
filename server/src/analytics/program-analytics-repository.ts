import { sql } from "kysely";
import type { PartnerTier } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { Days } from "./period-rules.ts";

/** The partners of a programme over a period. A partner is active from its approval until it is terminated, suspended or not. */
type Membership = {
  readonly registered: bigint;
  readonly approved: bigint;
  readonly activeAtStart: bigint;
  readonly activeAtEnd: bigint;
  /** Active on at least one day of the period. */
  readonly activeDuring: bigint;
  /** Of those active at the start, the ones that were terminated before the end. */
  readonly lost: bigint;
  /** Active at the end, and without a click, sign-up, conversion, sale or commission in the whole period. */
  readonly dormant: bigint;
};

type Cut = { readonly days: Days; readonly timeZone: string };

export async function findMembership(tx: ReadTx, { days, timeZone }: Cut): Promise<Membership> {
  const { rows } = await sql<{
    registered: bigint;
    approved: bigint;
    active_at_start: bigint;
    active_at_end: bigint;
    active_during: bigint;
    lost: bigint;
    dormant: bigint;
  }>`
    with member as (
      select p.id, (p.joined_at at time zone ${timeZone})::date as joined, (p.approved_at at time zone ${timeZone})::date as approved,
             coalesce((p.terminated_at at time zone ${timeZone})::date, 'infinity') as terminated
        from partners p
       where p.tenant_id = ${tx.ctx.tenantId}
    ),
    busy as (
      select a.partner_id from partner_analytics a where a.tenant_id = ${tx.ctx.tenantId} and a.metric_date between ${days.from} and ${days.to}
       union
      select f.partner_id from partner_funnel_days f where f.tenant_id = ${tx.ctx.tenantId} and f.metric_date between ${days.from} and ${days.to}
    )
    select count(*) filter (where m.joined between ${days.from} and ${days.to}) as registered,
           count(*) filter (where m.approved between ${days.from} and ${days.to}) as approved,
           count(*) filter (where m.approved < ${days.from} and m.terminated >= ${days.from}) as active_at_start,
           count(*) filter (where m.approved <= ${days.to} and m.terminated > ${days.to}) as active_at_end,
           count(*) filter (where m.approved <= ${days.to} and m.terminated >= ${days.from}) as active_during,
           count(*) filter (where m.approved < ${days.from} and m.terminated between ${days.from} and ${days.to}) as lost,
           count(*) filter (where m.approved <= ${days.to} and m.terminated > ${days.to} and b.partner_id is null) as dormant
      from member m
      left join busy b on b.partner_id = m.id`.execute(tx);
  const [row] = rows;
  return {
    registered: row?.registered ?? 0n,
    approved: row?.approved ?? 0n,
    activeAtStart: row?.active_at_start ?? 0n,
    activeAtEnd: row?.active_at_end ?? 0n,
    activeDuring: row?.active_during ?? 0n,
    lost: row?.lost ?? 0n,
    dormant: row?.dormant ?? 0n,
  };
}

/** How long payouts that were completed in the period took, from the request to the confirmed transfer, in whole seconds. */
type ProcessingTime = {
  readonly payouts: bigint;
  readonly averageSeconds: number | null;
  readonly medianSeconds: number | null;
  readonly slowestSeconds: number | null;
};

export async function findProcessingTime(tx: ReadTx, { days, timeZone }: Cut): Promise<ProcessingTime> {
  const { rows } = await sql<{
    payouts: bigint;
    average: number | null;
    median: number | null;
    slowest: number | null;
  }>`
    select count(*) as payouts, round(avg(took))::int as average, round(percentile_cont(0.5) within group (order by took))::int as median,
           round(max(took))::int as slowest
      from (
        select extract(epoch from y.processed_at - y.requested_at) as took
          from partner_payouts y
         where y.tenant_id = ${tx.ctx.tenantId}
           and y.status = 'completed'
           and (y.processed_at at time zone ${timeZone})::date between ${days.from} and ${days.to}
      ) completed`.execute(tx);
  const [row] = rows;
  return {
    payouts: row?.payouts ?? 0n,
    averageSeconds: row?.average ?? null,
    medianSeconds: row?.median ?? null,
    slowestSeconds: row?.slowest ?? null,
  };
}

type TierFigures = {
  readonly tier: PartnerTier;
  readonly currency: string;
  readonly revenue: bigint;
  readonly commissionEarned: bigint;
};

/** Revenue and commission by the tier that the partner had on each day: an upgrade does not carry the past along. */
export async function sumByTier(tx: ReadTx, { days, timeZone }: Cut): Promise<TierFigures[]> {
  const { tenantId } = tx.ctx;
  const { rows } = await sql<{ tier: PartnerTier; currency: string; revenue: bigint; commission_earned: bigint }>`
    with change as (
      select h.partner_id, h.from_tier, (h.decided_at at time zone ${timeZone})::date as day, h.decided_at, h.id
        from partner_tier_changes h
       where h.tenant_id = ${tenantId}
         and h.status = 'approved'
    ),
    held as (
      select c.partner_id, c.from_tier as tier,
             coalesce(lag(c.day) over (partition by c.partner_id order by c.decided_at, c.id), '-infinity') as begins, c.day as ends
        from change c
       union all
      select p.id, p.tier, coalesce(max(c.day), '-infinity'), 'infinity'
        from partners p
        left join change c on c.partner_id = p.id
       where p.tenant_id = ${tenantId}
       group by p.id, p.tier
    )
    select h.tier, a.currency, sum(a.revenue)::bigint as revenue, sum(a.commission_earned)::bigint as commission_earned
      from partner_analytics a
      join held h on h.partner_id = a.partner_id and a.metric_date >= h.begins and a.metric_date < h.ends
     where a.tenant_id = ${tenantId}
       and a.metric_date between ${days.from} and ${days.to}
     group by h.tier, a.currency
    having bool_or(a.revenue <> 0 or a.commission_earned <> 0)
     order by h.tier, a.currency`.execute(tx);
  return rows.map(({ commission_earned: commissionEarned, ...row }) => ({ ...row, commissionEarned }));
}
