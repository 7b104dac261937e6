import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { stepBuckets } from "./customer-figures-repository.ts";
import { compareCounts, ratesOf } from "./figure-rules.ts";
import { countsBySource, sumCounts } from "./partner-analytics-repository.ts";
import type { PeriodInput } from "./period-rules.ts";
import { readFigures } from "./read-figures.ts";
import { timesOf } from "./step-time-rules.ts";

/** Sources listed one by one; the rest is one line. */
const SOURCES_SHOWN_MAX = 100;

/**
 * From click to paying customer, in whole and by source. Each stage counts on its own day: a conversion of today belongs to a click of last
 * week, so that a rate over a short period may pass 1.
 */
export const getConversionFunnel =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, input: Omit<PeriodInput, "granularity"> = {}) => {
    requireScope(ctx, "own:analytics:read");
    const partnerId = requirePartner(ctx);
    return readFigures(deps, ctx, {
      input,
      read: async (tx, about) => {
        const counts = await sumCounts(tx, { partnerId }, about.period);
        const before = await sumCounts(tx, { partnerId }, about.period.previous);
        const sources = await countsBySource(tx, { partnerId }, { days: about.period, limit: SOURCES_SHOWN_MAX });
        return {
          ...about,
          counts,
          comparison: compareCounts(counts, before),
          rates: ratesOf(counts),
          times: timesOf(await stepBuckets(tx, { partnerId }, about.period)),
          sources: sources.map((source) => ({ ...source, rates: ratesOf(source.counts) })),
        };
      },
    });
  };
