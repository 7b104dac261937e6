import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";

/** Marks every partner as a whole: one row each, whatever it has. The roll-up takes these few at a time, and marks their days. */
export async function markEverything(tx: Tx): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
    select p.tenant_id, 'everything', p.id, quarter_hour_of(${now})
      from partners p
     where p.tenant_id = ${tenantId}
     order by p.id`.execute(tx);
}

/**
 * Marks every day of partners that has a source row, and every day that has a figure (which may have none), once each. Of clicks, the days
 * between a partner's first and last: their number does not matter then, and days whose clicks have been disposed of keep their figures.
 */
export async function markDaysOf(
  tx: Tx,
  partnerIds: readonly string[],
  { timeZone }: { readonly timeZone: string },
): Promise<void> {
  const { tenantId } = tx.ctx;
  const day = (moment: string) => sql`(${sql.ref(moment)} at time zone ${timeZone})::date`;
  await sql`
    insert into analytics_touched (tenant_id, source, partner_id, quarter_hour)
    with wanted as (
      select unnest(${[...partnerIds]}::uuid[]) as partner_id
    ),
    span as (
      select w.partner_id, first.clicked_at as first_at, last.clicked_at as last_at
        from wanted w
       cross join lateral (
               select c.clicked_at from clicks c
                where (c.tenant_id, c.partner_id) = (${tenantId}, w.partner_id) order by c.clicked_at limit 1) first
       cross join lateral (
               select c.clicked_at from clicks c
                where (c.tenant_id, c.partner_id) = (${tenantId}, w.partner_id) order by c.clicked_at desc limit 1) last
    ),
    figure as (
      select a.partner_id, a.metric_date from partner_analytics a join wanted using (partner_id) where a.tenant_id = ${tenantId}
       union
      select f.partner_id, f.metric_date from partner_funnel_days f join wanted using (partner_id) where f.tenant_id = ${tenantId}
    ),
    marked (source, partner_id, metric_date) as (
      select 'clicks', s.partner_id, day.at::date
        from span s
       cross join lateral generate_series(
               ${day("s.first_at")}::timestamp - interval '1 day', ${day("s.last_at")}::timestamp + interval '1 day', interval '1 day') as day (at)
       union
      select source.name, f.partner_id, f.metric_date
        from figure f cross join (values ('referrals'), ('transactions'), ('commissions')) as source (name)
       union
      select 'referrals', r.partner_id, ${day("at.moment")}
        from referrals r
        join wanted using (partner_id)
       cross join lateral (values (r.created_at), (r.conversion_date), (r.qualified_at), (r.rejected_at)) as at (moment)
       where r.tenant_id = ${tenantId} and at.moment is not null
       union
      select 'transactions', t.partner_id, ${day("t.occurred_at")}
        from transactions t join wanted using (partner_id) where t.tenant_id = ${tenantId}
       union
      select 'commissions', c.partner_id, ${day("c.occurred_at")}
        from commissions c join wanted using (partner_id) where c.tenant_id = ${tenantId}
    )
    -- Noon is of that day whatever the clock did in the night.
    select ${tenantId}::uuid, m.source, m.partner_id, quarter_hour_of((m.metric_date + time '12:00') at time zone ${timeZone})
      from marked m
     order by m.partner_id, m.metric_date`.execute(tx);
}
