import { type Ctx, requireScope } from "../platform/context.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { stepBuckets } from "./customer-figures-repository.ts";
import {
  averagesOf,
  compare,
  compareAmounts,
  compareCounts,
  earningsPerHundredClicks,
  perDay,
  rateOf,
  ratesOf,
} from "./figure-rules.ts";
import { sumAmounts, sumCounts } from "./partner-analytics-repository.ts";
import { findPartnerFigures, type PartnerFilters } from "./partner-figures-repository.ts";
import { lengthOf, type PeriodInput } from "./period-rules.ts";
import { findMembership, findProcessingTime, sumByTier } from "./program-analytics-repository.ts";
import { readFigures } from "./read-figures.ts";
import { timesOf } from "./step-time-rules.ts";

type ProgramAnalyticsQuery = Omit<PeriodInput, "granularity"> & PartnerFilters & { readonly currency?: string };

/**
 * The whole programme over a period, and its partners one by one.
 *
 * - Registration rate: partners that registered in the period, a day.
 * - Conversion rate: see `ratesOf`.
 * - Average commission per partner: what was earned in a currency over the partners that were active on at least one day of the period.
 * - Earnings per hundred clicks: what was earned in a currency over clicks, whatever tied the customer.
 * - Payout processing time: from request to confirmed transfer, of payouts completed in the period.
 * - Revenue per tier: by the tier that a partner had on the day.
 * - Churn: of the partners that were active when the period began (approved before it, not terminated), the share that was terminated
 *   before it ended. A suspension is no churn: it is reversed or becomes a termination. Who is there but brings nothing is `dormant`.
 *
 * A filter narrows the list of partners, never the programme's totals. Amounts of two currencies are never added up.
 */
export const getProgramAnalytics = (deps: AnalyticsDeps) => (ctx: Ctx, query: ProgramAnalyticsQuery) => {
  requireScope(ctx, "analytics:read");
  return readFigures(deps, ctx, {
    input: query,
    read: async (tx, about) => {
      const { period, timeZone } = about;
      const counts = await sumCounts(tx, {}, period);
      const amounts = await sumAmounts(tx, {}, period);
      const members = await findMembership(tx, { days: period, timeZone });
      const membersBefore = await findMembership(tx, { days: period.previous, timeZone });
      return {
        ...about,
        program: {
          partners: { ...members, registered: compare(members.registered, membersBefore.registered) },
          registrationRate: perDay(members.registered, lengthOf(period)),
          churnRate: rateOf(members.lost, members.activeAtStart),
          counts: compareCounts(counts, await sumCounts(tx, {}, period.previous)),
          rates: ratesOf(counts),
          times: timesOf(await stepBuckets(tx, {}, period)),
          amounts: compareAmounts(amounts, await sumAmounts(tx, {}, period.previous)),
          averageCommission: averagesOf(amounts, members.activeDuring),
          earningsPerHundredClicks: earningsPerHundredClicks(amounts, counts.clicks),
          payoutProcessing: await findProcessingTime(tx, { days: period, timeZone }),
          tiers: await sumByTier(tx, { days: period, timeZone }),
        },
        partners: await findPartnerFigures(tx, {
          filters: query,
          days: period,
          currency: query.currency ?? about.currency,
        }),
      };
    },
  });
};
