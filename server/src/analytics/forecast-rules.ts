import { roundHalfAwayFromZero } from "../kernel/money.ts";

/** Weeks that are forecast. */
export const FORECAST_WEEKS = 4;
/** A forecast is the mean of so many whole weeks: long enough that one good week is no trend, short enough to follow a quarter. */
export const MEAN_WEEKS = 8;
/** Times that the method must have been tried on the past, at the farthest distance, before its error says anything. */
const TRIALS_MIN = 9;
/** Whole weeks of history below which nothing is forecast. */
export const HISTORY_WEEKS_MIN = MEAN_WEEKS + FORECAST_WEEKS + TRIALS_MIN - 1;
/** Share of past errors that the range covers, in hundredths. */
const RANGE_PERCENT = 80;

type ForecastWeek = {
  readonly ahead: number;
  readonly value: bigint;
  /** The value less, and plus, the error that four of five past forecasts at this distance stayed within. */
  readonly low: bigint;
  readonly high: bigint;
  /** Mean absolute error of the method at this distance, tried on every week of the history that has enough before it. */
  readonly meanError: bigint;
  /** The same of merely repeating the last week: a method that errs more than that is not worth its words. */
  readonly repeatError: bigint;
  readonly trials: number;
};

export type Forecast = {
  readonly historyWeeks: number;
  readonly historyWeeksNeeded: number;
  readonly reason: "history_too_short" | null;
  readonly weeks: ForecastWeek[];
};

/**
 * Forecasts the next weeks from whole past ones, oldest first: each is the mean of the last weeks, and says by how much that method was wrong
 * when it was asked the same about the past. The history begins with the first week that has anything; one that is too short yields no
 * forecast, and the reason.
 */
export function forecastOf(weeks: readonly bigint[]): Forecast {
  const first = weeks.findIndex((value) => value !== 0n);
  const history = first === -1 ? [] : weeks.slice(first);
  const about = { historyWeeks: history.length, historyWeeksNeeded: HISTORY_WEEKS_MIN };
  if (history.length < HISTORY_WEEKS_MIN) return { ...about, reason: "history_too_short", weeks: [] };
  const value = meanBefore(history, history.length);
  return {
    ...about,
    reason: null,
    weeks: Array.from({ length: FORECAST_WEEKS }, (_, index) => forecastWeek(history, { value, ahead: index + 1 })),
  };
}

function forecastWeek(history: readonly bigint[], { value, ahead }: { value: bigint; ahead: number }): ForecastWeek {
  const errors: bigint[] = [];
  const repeats: bigint[] = [];
  for (let known = MEAN_WEEKS; known + ahead <= history.length; known += 1) {
    const actual = history[known + ahead - 1] ?? 0n;
    errors.push(distance(actual, meanBefore(history, known)));
    repeats.push(distance(actual, history[known - 1] ?? 0n));
  }
  const margin = errors.toSorted(ascending)[Math.ceil((errors.length * RANGE_PERCENT) / 100) - 1] ?? 0n;
  // What never was below nothing is not forecast to be.
  const wasBelow = history.some((past) => past < 0n);
  const low = value - margin;
  return {
    ahead,
    value,
    low: low < 0n && !wasBelow ? 0n : low,
    high: value + margin,
    meanError: mean(errors),
    repeatError: mean(repeats),
    trials: errors.length,
  };
}

const meanBefore = (history: readonly bigint[], end: number): bigint => mean(history.slice(end - MEAN_WEEKS, end));
const mean = (values: readonly bigint[]): bigint =>
  roundHalfAwayFromZero(
    values.reduce((sum, value) => sum + value, 0n),
    BigInt(values.length),
  );
const distance = (one: bigint, other: bigint): bigint => (one > other ? one - other : other - one);
const ascending = (one: bigint, other: bigint): number => Number(one - other);
