import { sql } from "kysely";
import type { ReadTx } from "../platform/database/index.ts";
import { type Whose, within } from "./partner-analytics-repository.ts";
import type { Days } from "./period-rules.ts";
import type { CohortMonth, CohortSize } from "./retention-rules.ts";
import type { Step, StepBucket } from "./step-time-rules.ts";

/** How long referrals took from step to step, by bucket, of those that reached the later step on these days. */
export async function stepBuckets(tx: ReadTx, whose: Whose, days: Days): Promise<StepBucket[]> {
  const { rows } = await sql<{ step: Step; bucket: number; referrals: bigint }>`
    select f.step, f.bucket, sum(f.referrals)::bigint as referrals
      from partner_step_days f
     where ${within(tx, "f", whose, days)}
     group by f.step, f.bucket`.execute(tx);
  return rows;
}

/** How many customers each month's cohort has, of months that begin on these days. */
export async function cohortSizes(tx: ReadTx, whose: Whose, days: Days): Promise<CohortSize[]> {
  const { rows } = await sql<CohortSize>`
    select date_trunc('month', f.metric_date::timestamp)::date as month, sum(f.conversions)::bigint as customers
      from partner_funnel_days f
     where ${within(tx, "f", whose, days)}
     group by 1
    having sum(f.conversions) > 0
     order by 1`.execute(tx);
  return rows;
}

/** How many of each cohort paid in each month. */
export async function payingByCohort(tx: ReadTx, { partnerId }: Whose, days: Days): Promise<CohortMonth[]> {
  const { rows } = await sql<{ cohort_month: string; month: string; customers: bigint }>`
    select m.cohort_month, m.month, sum(m.customers)::bigint as customers
      from partner_retention_months m
     where m.tenant_id = ${tx.ctx.tenantId}
       ${partnerId === undefined ? sql`` : sql`and m.partner_id = ${partnerId}`}
       and m.cohort_month between ${days.from} and ${days.to}
     group by 1, 2`.execute(tx);
  return rows.map(({ cohort_month: cohort, month, customers }) => ({ cohort, month, paying: customers }));
}
