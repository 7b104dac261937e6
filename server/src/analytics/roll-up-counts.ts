import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import { type Cell, cellRelation, DAY_MARGIN, type Frame } from "./roll-up-repository.ts";

/** Stands where a count has neither link nor coupon. */
export const NO_SOURCE_ID = "00000000-0000-0000-0000-000000000000";

/** Days whose clicks one statement counts: with many thousand clicks each it stays well under the limit of a statement. */
const CLICK_CELLS_MAX = 250;

/** Counts the clicks of days anew, by link. Repeats (the same visitor on the same link again, shortly after) are counted beside them. */
export async function rollUpClicks(tx: Tx, cells: readonly Cell[], frame: Frame): Promise<void> {
  for (let start = 0; start < cells.length; start += CLICK_CELLS_MAX)
    await countClicks(tx, cells.slice(start, start + CLICK_CELLS_MAX), frame);
}

async function countClicks(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  await sql`
    with counted as (
      -- Lateral, so that each day is one range of the partner's index, whatever the planner believes about the rest of the table.
      select cell.partner_id, cell.metric_date, 'click' as source, of_day.link_id as source_id, of_day.clicks, of_day.repeat_clicks
        from ${cellRelation(cells)}
       cross join lateral (
               select c.link_id, count(*) filter (where not c.is_repeat) as clicks, count(*) filter (where c.is_repeat) as repeat_clicks
                 from clicks c
                where c.tenant_id = ${tenantId}
                  and c.partner_id = cell.partner_id
                  and c.clicked_at >= (cell.metric_date::timestamp at time zone ${timeZone}) - ${DAY_MARGIN}
                  and c.clicked_at < ((cell.metric_date + 1)::timestamp at time zone ${timeZone}) + ${DAY_MARGIN}
                  and (c.clicked_at at time zone ${timeZone})::date = cell.metric_date
                group by c.link_id
             ) of_day
    ),
    gone as (
      select f.partner_id, f.metric_date, f.source, f.source_id, 0 as clicks, 0 as repeat_clicks
        from ${cellRelation(cells)}
        join partner_funnel_days f
          on (f.tenant_id, f.partner_id, f.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
        left join counted c
          on (c.partner_id, c.metric_date, c.source, c.source_id) = (f.partner_id, f.metric_date, f.source, f.source_id)
       where c.source_id is null
         and (f.clicks, f.repeat_clicks) <> (0, 0)
    )
    insert into partner_funnel_days as f (tenant_id, partner_id, metric_date, source, source_id, clicks, repeat_clicks)
    select ${tenantId}, n.partner_id, n.metric_date, n.source, n.source_id, n.clicks, n.repeat_clicks
      from (table counted union all table gone) n
      -- Clicks have no foreign key; one that names nobody counts for nobody.
      join partners p on (p.tenant_id, p.id) = (${tenantId}, n.partner_id)
        on conflict (tenant_id, partner_id, metric_date, source, source_id) do update
       set clicks = excluded.clicks, repeat_clicks = excluded.repeat_clicks
     where (f.clicks, f.repeat_clicks) <> (excluded.clicks, excluded.repeat_clicks)`.execute(tx);
}

/**
 * Counts the referrals of days anew, each stage on its own day: a sign-up when the referral began (at the latest when it converted), a
 * conversion when it was tied to the partner, qualified when the customer first paid. A rejected referral remains a sign-up, and counts as
 * rejected on the day of that; its conversion no longer counts.
 */
export async function rollUpReferrals(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  await sql`
    with stage as (
      select r.partner_id, (moment at time zone ${timeZone})::date as metric_date, r.source,
             coalesce(case when r.source = 'coupon' then r.coupon_id end, r.link_id, ${NO_SOURCE_ID}) as source_id, reached
        from referrals r
       cross join lateral (values
               ('signup', least(r.created_at, r.conversion_date)),
               ('conversion', case when r.status <> 'rejected' then r.conversion_date end),
               ('qualified', case when r.status = 'qualified' then r.qualified_at end),
               ('rejected', case when r.status = 'rejected' then r.rejected_at end)
             ) as at (reached, moment)
       where r.tenant_id = ${tenantId}
         and r.partner_id = any (${[...new Set(cells.map((cell) => cell.partnerId))]}::uuid[])
         and moment is not null
    ),
    counted as (
      select s.partner_id, s.metric_date, s.source, s.source_id,
             count(*) filter (where reached = 'signup') as signups, count(*) filter (where reached = 'conversion') as conversions,
             count(*) filter (where reached = 'qualified') as qualified, count(*) filter (where reached = 'rejected') as rejected
        from ${cellRelation(cells)}
        join stage s on (s.partner_id, s.metric_date) = (cell.partner_id, cell.metric_date)
       group by 1, 2, 3, 4
    ),
    gone as (
      select f.partner_id, f.metric_date, f.source, f.source_id, 0 as signups, 0 as conversions, 0 as qualified, 0 as rejected
        from ${cellRelation(cells)}
        join partner_funnel_days f
          on (f.tenant_id, f.partner_id, f.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
        left join counted c
          on (c.partner_id, c.metric_date, c.source, c.source_id) = (f.partner_id, f.metric_date, f.source, f.source_id)
       where c.source_id is null
         and (f.signups, f.conversions, f.qualified, f.rejected) <> (0, 0, 0, 0)
    )
    insert into partner_funnel_days as f (tenant_id, partner_id, metric_date, source, source_id, signups, conversions, qualified, rejected)
    select ${tenantId}, n.partner_id, n.metric_date, n.source, n.source_id, n.signups, n.conversions, n.qualified, n.rejected
      from (table counted union all table gone) n
        on conflict (tenant_id, partner_id, metric_date, source, source_id) do update
       set signups = excluded.signups, conversions = excluded.conversions, qualified = excluded.qualified, rejected = excluded.rejected
     where (f.signups, f.conversions, f.qualified, f.rejected) <> (excluded.signups, excluded.conversions, excluded.qualified, excluded.rejected)`.execute(
    tx,
  );
}

/** Brings the counts of `partner_analytics` to the sums of the funnel's, under the programme's currency; empty rows of the days go. */
export async function carryCounts(tx: Tx, cells: readonly Cell[], { currency }: Frame): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    delete from partner_funnel_days f
     using ${cellRelation(cells)}
     where (f.tenant_id, f.partner_id, f.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
       and (f.clicks, f.repeat_clicks, f.signups, f.conversions, f.qualified, f.rejected) = (0, 0, 0, 0, 0, 0)`.execute(
    tx,
  );
  await sql`
    with counted as (
      select f.partner_id, f.metric_date, ${currency} as currency, sum(f.clicks)::bigint as clicks, sum(f.signups)::bigint as signups,
             sum(f.conversions)::bigint as conversions
        from ${cellRelation(cells)}
        join partner_funnel_days f
          on (f.tenant_id, f.partner_id, f.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
       group by 1, 2
    ),
    -- Under another currency too: a count stands under the programme's own, and that may change.
    gone as (
      select a.partner_id, a.metric_date, a.currency, 0 as clicks, 0 as signups, 0 as conversions
        from ${cellRelation(cells)}
        join partner_analytics a
          on (a.tenant_id, a.partner_id, a.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
        left join counted c on (c.partner_id, c.metric_date, c.currency) = (a.partner_id, a.metric_date, a.currency)
       where c.currency is null
         and (a.clicks, a.signups, a.conversions) <> (0, 0, 0)
    )
    insert into partner_analytics as a (tenant_id, partner_id, metric_date, currency, clicks, signups, conversions, created_at, updated_at)
    select ${tenantId}, n.partner_id, n.metric_date, n.currency, n.clicks, n.signups, n.conversions, ${now}, ${now}
      from (table counted union all table gone) n
        on conflict (tenant_id, partner_id, metric_date, currency) do update
       set clicks = excluded.clicks, signups = excluded.signups, conversions = excluded.conversions, updated_at = excluded.updated_at
     where (a.clicks, a.signups, a.conversions) <> (excluded.clicks, excluded.signups, excluded.conversions)`.execute(
    tx,
  );
}
