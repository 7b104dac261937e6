import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import { type Cell, cellRelation, DAY_MARGIN, type Frame } from "./roll-up-repository.ts";
import { BUCKETS_PER_DOUBLING } from "./step-time-rules.ts";

/**
 * Counts anew how long the referrals of days took from step to step, each on the day of the later one, as `rollUpReferrals` counts the
 * stages. What is dated before its predecessor took no time.
 */
export async function rollUpStepTimes(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  await sql`
    delete from partner_step_days d
     using ${cellRelation(cells)}
     where (d.tenant_id, d.partner_id, d.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)`.execute(tx);
  await sql`
    with taken as (
      select r.partner_id, (at.ended at time zone ${timeZone})::date as metric_date, at.step,
             greatest(extract(epoch from at.ended - at.began), 1)::double precision as seconds
        from referrals r
        left join clicks k on (k.tenant_id, k.id) = (r.tenant_id, r.click_id)
       cross join lateral (select least(r.created_at, r.conversion_date) as signed_up) of
       cross join lateral (values
               ('click_to_signup', k.clicked_at, of.signed_up),
               ('signup_to_conversion', of.signed_up, case when r.status <> 'rejected' then r.conversion_date end),
               ('conversion_to_payment', r.conversion_date, case when r.status = 'qualified' then r.qualified_at end)
             ) as at (step, began, ended)
       where r.tenant_id = ${tenantId}
         and r.partner_id = any (${partnersOf(cells)}::uuid[])
         and at.began is not null
         and at.ended is not null
    )
    insert into partner_step_days (tenant_id, partner_id, metric_date, step, bucket, referrals)
    select ${tenantId}, t.partner_id, t.metric_date, t.step, ceil(${BUCKETS_PER_DOUBLING}::double precision * ln(t.seconds) / ln(2.0::double precision))::smallint, count(*)
      from ${cellRelation(cells)}
      join taken t on (t.partner_id, t.metric_date) = (cell.partner_id, cell.metric_date)
     group by 2, 3, 4, 5`.execute(tx);
}

/** Counts anew, for the months in which sales changed, how many customers of each cohort paid. */
export async function rollUpPayingMonths(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  const months = monthRelation(cells);
  await sql`
    delete from partner_retention_months m
     using ${months}
     where (m.tenant_id, m.partner_id, m.month) = (${tenantId}, touched.partner_id, touched.month)`.execute(tx);
  await sql`
    insert into partner_retention_months (tenant_id, partner_id, cohort_month, month, customers)
    select ${tenantId}, r.partner_id, date_trunc('month', r.conversion_date at time zone ${timeZone})::date, touched.month, count(distinct r.id)
      from ${months}
      join transactions t
        on (t.tenant_id, t.partner_id) = (${tenantId}, touched.partner_id)
       and t.occurred_at >= (touched.month::timestamp at time zone ${timeZone}) - ${DAY_MARGIN}
       and t.occurred_at < ((touched.month + interval '1 month') at time zone ${timeZone}) + ${DAY_MARGIN}
       and date_trunc('month', t.occurred_at at time zone ${timeZone})::date = touched.month
       and t.kind in ('payment', 'card')
       and t.amount > 0
      join referrals r on (r.tenant_id, r.id) = (${tenantId}, t.referral_id) and r.partner_id = touched.partner_id
     where r.status <> 'rejected'
       and r.conversion_date is not null
     group by 2, 3, 4`.execute(tx);
}

/** The same for the cohorts whose customers changed: one was tied to the partner, or is no longer. */
export async function rollUpCohorts(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  const months = monthRelation(cells);
  await sql`
    delete from partner_retention_months m
     using ${months}
     where (m.tenant_id, m.partner_id, m.cohort_month) = (${tenantId}, touched.partner_id, touched.month)`.execute(tx);
  await sql`
    insert into partner_retention_months (tenant_id, partner_id, cohort_month, month, customers)
    select ${tenantId}, r.partner_id, touched.month, date_trunc('month', t.occurred_at at time zone ${timeZone})::date, count(distinct r.id)
      from ${months}
      join referrals r
        on (r.tenant_id, r.partner_id) = (${tenantId}, touched.partner_id)
       and date_trunc('month', r.conversion_date at time zone ${timeZone})::date = touched.month
       and r.status <> 'rejected'
      join transactions t
        on (t.tenant_id, t.referral_id, t.partner_id) = (${tenantId}, r.id, r.partner_id)
       and t.kind in ('payment', 'card')
       and t.amount > 0
     group by 2, 3, 4`.execute(tx);
}

const partnersOf = (cells: readonly Cell[]): string[] => [...new Set(cells.map((cell) => cell.partnerId))];

/** The months of the cells, each once, as a relation `touched (partner_id, month)`. */
const monthRelation = (cells: readonly Cell[]) => sql`
  (select distinct cell.partner_id, date_trunc('month', cell.metric_date::timestamp)::date as month from ${cellRelation(cells)}) touched`;
