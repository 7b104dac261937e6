import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import { revenueEntries } from "./revenue-entries.ts";
import { type Cell, cellRelation, type Frame } from "./roll-up-repository.ts";

/** What revenue is told by: facts that were reported of a sale, the campaign of the link, and the month in which the customer was tied. */
export const REVENUE_DIMENSIONS = ["product", "plan", "country", "campaign", "cohort"] as const;
export type RevenueDimension = (typeof REVENUE_DIMENSIONS)[number];

/** Sums the revenue of days anew by what their sales were of. What takes back is told by the facts of what it takes back. */
export async function rollUpRevenueFacts(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId } = tx.ctx;
  await sql`
    delete from partner_revenue_facts f
     using ${cellRelation(cells)}
     where (f.tenant_id, f.partner_id, f.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)`.execute(tx);
  await sql`
    ${revenueEntries(tenantId, cells, timeZone)}
    insert into partner_revenue_facts (tenant_id, partner_id, metric_date, dimension, value, currency, sales, taken_back)
    select ${tenantId}, e.partner_id, e.metric_date, of.dimension, coalesce(of.value, ''), e.currency,
           sum(e.payments + e.card_revenue)::bigint, sum(e.refunds + e.chargebacks - e.chargebacks_won)::bigint
      from entry e
      join transactions s on (s.tenant_id, s.id) = (${tenantId}, e.sale_id)
      left join referrals r on (r.tenant_id, r.id) = (${tenantId}, e.referral_id)
      left join referral_links l on (l.tenant_id, l.id) = (r.tenant_id, r.link_id)
     cross join lateral (values
             ('product', s.product), ('plan', s.plan_code), ('country', s.country), ('campaign', l.campaign),
             ('cohort', to_char(r.conversion_date at time zone ${timeZone}, 'YYYY-MM'))
           ) as of (dimension, value)
     group by e.partner_id, e.metric_date, of.dimension, coalesce(of.value, ''), e.currency
    having sum(e.payments + e.card_revenue) <> 0 or sum(e.refunds + e.chargebacks - e.chargebacks_won) <> 0`.execute(
    tx,
  );
}
