import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { compareAmounts, compareCounts, earningsPerHundredClicks, ratesOf } from "./figure-rules.ts";
import { amountsByStep, countsByStep, sumAmounts, sumCounts } from "./partner-analytics-repository.ts";
import type { PeriodInput } from "./period-rules.ts";
import { countsAt, readFigures, seriesOf } from "./read-figures.ts";

/** The acting partner over time: totals beside those of the period before, and a series without gaps that adds up to them. */
export const getPerformanceMetrics = (deps: AnalyticsDeps) => (ctx: Ctx, input: PeriodInput) => {
  requireScope(ctx, "own:analytics:read");
  const partnerId = requirePartner(ctx);
  return readFigures(deps, ctx, {
    input,
    read: async (tx, about) => {
      const { period } = about;
      const counts = await sumCounts(tx, { partnerId }, period);
      const amounts = await sumAmounts(tx, { partnerId }, period);
      const countSteps = await countsByStep(tx, { partnerId }, period);
      const amountSteps = await amountsByStep(tx, { partnerId }, period);
      return {
        ...about,
        totals: {
          counts: compareCounts(counts, await sumCounts(tx, { partnerId }, period.previous)),
          rates: ratesOf(counts),
          amounts: compareAmounts(amounts, await sumAmounts(tx, { partnerId }, period.previous)),
          earningsPerHundredClicks: earningsPerHundredClicks(amounts, counts.clicks),
        },
        series: seriesOf(period, (firstDay) => ({
          counts: countsAt(countSteps, firstDay),
          amounts: amountSteps.get(firstDay) ?? [],
        })),
      };
    },
  });
};
