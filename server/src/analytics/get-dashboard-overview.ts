import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { compareAmounts, compareCounts, earningsPerHundredClicks, ratesOf } from "./figure-rules.ts";
import { countsBySource, findBalances, sumAmounts, sumCounts } from "./partner-analytics-repository.ts";
import { type PeriodInput, resolvePeriod } from "./period-rules.ts";
import { readFigures } from "./read-figures.ts";

const TOP_SOURCES = 5;

/** The acting partner at a glance: the period beside the one before, today, all time, what it has, and what brings most. */
export const getDashboardOverview =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, input: Omit<PeriodInput, "granularity"> = {}) => {
    requireScope(ctx, "own:analytics:read");
    const partnerId = requirePartner(ctx);
    return readFigures(deps, ctx, {
      input,
      read: async (tx, about) => {
        const { period, timeZone } = about;
        const today = resolvePeriod({ period: "today" }, { now: ctx.now, timeZone });
        const counts = await sumCounts(tx, { partnerId }, period);
        const amounts = await sumAmounts(tx, { partnerId }, period);
        return {
          ...about,
          totals: {
            counts: compareCounts(counts, await sumCounts(tx, { partnerId }, period.previous)),
            rates: ratesOf(counts),
            amounts: compareAmounts(amounts, await sumAmounts(tx, { partnerId }, period.previous)),
            earningsPerHundredClicks: earningsPerHundredClicks(amounts, counts.clicks),
          },
          today: {
            counts: await sumCounts(tx, { partnerId }, today),
            amounts: await sumAmounts(tx, { partnerId }, today),
          },
          allTime: { counts: await sumCounts(tx, { partnerId }), amounts: await sumAmounts(tx, { partnerId }) },
          balances: await findBalances(tx, partnerId),
          topSources: await countsBySource(tx, { partnerId }, { days: period, limit: TOP_SOURCES }),
        };
      },
    });
  };
