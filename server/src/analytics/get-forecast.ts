import { addDays, dateInZone } from "../kernel/calendar.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { type Amounts, type Counts } from "./figure-rules.ts";
import { FORECAST_WEEKS, forecastOf } from "./forecast-rules.ts";
import { amountsByStep, countsByStep } from "./partner-analytics-repository.ts";
import { type Days, stepOf, stepsOf } from "./period-rules.ts";
import { type About, countsAt, readFigures } from "./read-figures.ts";

/** History that is looked at: two years of whole weeks. */
const HISTORY_WEEKS_MAX = 104;
const DAYS_PER_WEEK = 7;

/** What the coming weeks may bring the acting partner, each figure with the error that its forecast had in the past. */
export const getForecast = (deps: AnalyticsDeps) => (ctx: Ctx) => {
  requireScope(ctx, "own:analytics:read");
  return forecastFor(deps, ctx, requirePartner(ctx));
};

/** The same of the programme, or of one of its partners. */
export const getProgramForecast =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { partnerId }: { readonly partnerId?: string } = {}) => {
    requireScope(ctx, "analytics:read");
    return forecastFor(deps, ctx, partnerId);
  };

const forecastFor = (deps: AnalyticsDeps, ctx: Ctx, partnerId: string | undefined) =>
  readFigures(deps, ctx, {
    input: {},
    read: async (tx, { timeZone, currency, upTo }) => {
      const history = historyUpTo(upTo ?? ctx.now, timeZone);
      const figures = await readWeeks(tx, { whose: partnerId === undefined ? {} : { partnerId }, history });
      return {
        timeZone,
        currency,
        upTo,
        history,
        weeks: Array.from({ length: FORECAST_WEEKS }, (_, index) => weekAfter(history.to, index)),
        ...figures,
      };
    },
  });

/** Whole weeks alone: one that is still going on would look like a fall. */
function historyUpTo(upTo: NonNullable<About["upTo"]>, timeZone: string): Days {
  const monday = stepOf(dateInZone(upTo, timeZone), "week");
  return { from: addDays(monday, -DAYS_PER_WEEK * HISTORY_WEEKS_MAX), to: addDays(monday, -1) };
}

const weekAfter = (lastDay: string, index: number): Days => ({
  from: addDays(lastDay, 1 + DAYS_PER_WEEK * index),
  to: addDays(lastDay, DAYS_PER_WEEK * (index + 1)),
});

async function readWeeks(
  tx: ReadTx,
  { whose, history }: { readonly whose: { readonly partnerId?: string }; readonly history: Days },
) {
  const weekly = { ...history, granularity: "week" } as const;
  const counts = await countsByStep(tx, whose, weekly);
  const amounts = await amountsByStep(tx, whose, weekly);
  const mondays = stepsOf(weekly).map((week) => week.from);
  const count = (of: (week: Counts) => bigint) => forecastOf(mondays.map((monday) => of(countsAt(counts, monday))));
  const currencies = [...new Set([...amounts.values()].flat().map((of) => of.currency))].sort();
  const amount = (currency: string, name: "revenue" | "commissionEarned") =>
    forecastOf(mondays.map((monday) => amountAt(amounts.get(monday) ?? [], currency)?.[name] ?? 0n));
  return {
    clicks: count((week) => week.clicks),
    signups: count((week) => week.signups),
    conversions: count((week) => week.conversions),
    amounts: currencies.map((currency) => ({
      currency,
      revenue: amount(currency, "revenue"),
      commissionEarned: amount(currency, "commissionEarned"),
    })),
  };
}

const amountAt = (week: readonly Amounts[], currency: string): Amounts | undefined =>
  week.find((amounts) => amounts.currency === currency);
