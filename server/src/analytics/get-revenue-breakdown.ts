import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { compareAmounts } from "./figure-rules.ts";
import { amountsByStep, sumAmounts } from "./partner-analytics-repository.ts";
import type { PeriodInput } from "./period-rules.ts";
import { readFigures, seriesOf } from "./read-figures.ts";

/** What revenue and commission of the acting partner are made of, by currency, in whole and over time. */
export const getRevenueBreakdown = (deps: AnalyticsDeps) => (ctx: Ctx, input: PeriodInput) => {
  requireScope(ctx, "own:analytics:read");
  const partnerId = requirePartner(ctx);
  return readFigures(deps, ctx, {
    input,
    read: async (tx, about) => {
      const { period } = about;
      const totals = await sumAmounts(tx, { partnerId }, period);
      const steps = await amountsByStep(tx, { partnerId }, period);
      return {
        ...about,
        totals,
        comparison: compareAmounts(totals, await sumAmounts(tx, { partnerId }, period.previous)),
        series: seriesOf(period, (firstDay) => ({ amounts: steps.get(firstDay) ?? [] })),
      };
    },
  });
};
