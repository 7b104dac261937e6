import { sql } from "kysely";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import type { Days, PeriodInput } from "./period-rules.ts";
import { readFigures } from "./read-figures.ts";
import type { RevenueDimension } from "./roll-up-revenue-facts.ts";

type RevenueByInput = Omit<PeriodInput, "granularity"> & { readonly dimension: RevenueDimension };

/** The revenue of one value in one currency, minor units. */
export type RevenueOf = {
  /** Null where nothing was reported. */
  readonly value: string | null;
  readonly currency: string;
  readonly sales: bigint;
  readonly takenBack: bigint;
  readonly revenue: bigint;
};

/** Values that are told apart in each currency; the others are summed. */
const VALUES_MAX = 200;

/** The acting partner's revenue by product, plan, country, campaign or cohort. */
export const getRevenueBy = (deps: AnalyticsDeps) => (ctx: Ctx, input: RevenueByInput) => {
  requireScope(ctx, "own:analytics:read");
  return revenueByFor(deps, ctx, { input, partnerId: requirePartner(ctx) });
};

/** The same of the programme, or of one of its partners. */
export const getProgramRevenueBy =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { partnerId, ...input }: RevenueByInput & { readonly partnerId?: string }) => {
    requireScope(ctx, "analytics:read");
    return revenueByFor(deps, ctx, { input, partnerId });
  };

function revenueByFor(
  deps: AnalyticsDeps,
  ctx: Ctx,
  {
    input: { dimension, ...input },
    partnerId,
  }: { readonly input: RevenueByInput; readonly partnerId: string | undefined },
) {
  return readFigures(deps, ctx, {
    input,
    read: async (tx, about) => {
      const found = await sumByValue(tx, { dimension, partnerId, days: about.period });
      return {
        ...about,
        dimension,
        values: found.filter(({ isRest }) => !isRest).map(({ isRest: _, ...one }) => one),
        rest: found.filter(({ isRest }) => isRest).map(({ isRest: _, value: __, ...one }) => one),
      };
    },
  });
}

/** By currency, the most revenue first; what is beyond the first values is one row that says so. */
async function sumByValue(
  tx: ReadTx,
  {
    dimension,
    partnerId,
    days,
  }: { readonly dimension: RevenueDimension; readonly partnerId: string | undefined; readonly days: Days },
): Promise<(RevenueOf & { readonly isRest: boolean })[]> {
  const { rows } = await sql<RevenueOf & { isRest: boolean }>`
    with summed as (
      select f.value, f.currency, sum(f.sales)::bigint as sales, sum(f.taken_back)::bigint as taken_back
        from partner_revenue_facts f
       where f.tenant_id = ${tx.ctx.tenantId}
         and f.dimension = ${dimension}
         and f.metric_date between ${days.from} and ${days.to}
         ${partnerId === undefined ? sql`` : sql`and f.partner_id = ${partnerId}`}
       group by f.value, f.currency
    ), placed as (
      select s.*, row_number() over (partition by s.currency order by s.sales - s.taken_back desc, s.value) as place from summed s
    )
    select case when p.place <= ${VALUES_MAX} then nullif(p.value, '') end as value, p.currency, sum(p.sales)::bigint as sales,
           sum(p.taken_back)::bigint as "takenBack", sum(p.sales - p.taken_back)::bigint as revenue, min(p.place) > ${VALUES_MAX} as "isRest"
      from placed p
     group by p.currency, least(p.place, ${VALUES_MAX + 1}), 1
     order by p.currency, min(p.place)`.execute(tx);
  return rows;
}
