import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORECAST_WEEKS, forecastOf, HISTORY_WEEKS_MIN, MEAN_WEEKS } from "./forecast-rules.ts";

const weeks = (count: number, value: (week: number) => number): bigint[] =>
  Array.from({ length: count }, (_, week) => BigInt(value(week)));

describe("a forecast", () => {
  it("is not given where the history is too short, and says so; empty weeks before the first are no history", () => {
    const short = forecastOf([...weeks(80, () => 0), ...weeks(HISTORY_WEEKS_MIN - 1, () => 5)]);
    expect(short).toEqual({
      historyWeeks: HISTORY_WEEKS_MIN - 1,
      historyWeeksNeeded: HISTORY_WEEKS_MIN,
      reason: "history_too_short",
      weeks: [],
    });
    expect(forecastOf([])).toMatchObject({ historyWeeks: 0, reason: "history_too_short" });
    expect(forecastOf(weeks(80, () => 0))).toMatchObject({ historyWeeks: 0, reason: "history_too_short" });
    expect(forecastOf(weeks(80, (week) => Math.sign(week)))).toMatchObject({ historyWeeks: 79, reason: null });
  });

  it("has no error where every week was the same", () => {
    const { weeks: next, reason } = forecastOf(weeks(HISTORY_WEEKS_MIN, () => 700));
    expect(reason).toBeNull();
    expect(next).toHaveLength(FORECAST_WEEKS);
    for (const week of next)
      expect(week).toMatchObject({ value: 700n, low: 700n, high: 700n, meanError: 0n, repeatError: 0n });
    expect(next.map((week) => week.trials)).toEqual([12, 11, 10, 9]);
  });

  it("admits that it trails a trend, and by more the farther it looks", () => {
    // A mean of eight weeks of a line lies 3.5 weeks behind the last one, and so 4.5 behind the next.
    const { weeks: next } = forecastOf(weeks(40, (week) => 1_000 + 10 * week));
    expect(next.map((week) => week.meanError)).toEqual([45n, 55n, 65n, 75n]);
    expect(next.map((week) => week.repeatError)).toEqual([10n, 20n, 30n, 40n]);
    expect(next[0]).toMatchObject({ value: 1_355n, low: 1_310n, high: 1_400n });
  });

  it("has an error that is what the same forecast, made at each past week, missed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -1_000n, max: 1_000n }), { minLength: HISTORY_WEEKS_MIN, maxLength: 60 }),
        (history) => {
          const past = [1n, ...history];
          for (const week of forecastOf(past).weeks) {
            const missed = past
              .map((actual, index) => ({ actual, known: index - week.ahead + 1 }))
              .filter(({ known }) => known >= MEAN_WEEKS)
              .map(({ actual, known }) => {
                const told = past.slice(known - MEAN_WEEKS, known).reduce((sum, value) => sum + value, 0n);
                return Math.abs(
                  Number(actual) -
                    Math.sign(Number(told)) * Math.floor((Math.abs(Number(told)) + MEAN_WEEKS / 2) / MEAN_WEEKS),
                );
              });
            const total = missed.reduce((sum, error) => sum + error, 0);
            expect(week.trials).toBe(missed.length);
            expect(Number(week.meanError)).toBe(Math.floor((2 * total + missed.length) / (2 * missed.length)));
            const covered = missed.filter((error) => error <= Number(week.high - week.value)).length;
            expect(covered / missed.length).toBeGreaterThanOrEqual(0.8);
            // And it is no wider than that takes.
            const within = missed.filter((error) => error < Number(week.high - week.value)).length;
            expect(within / missed.length).toBeLessThan(0.8);
            expect(week.value - week.low <= week.high - week.value).toBe(true);
          }
        },
      ),
    );
  });

  it("of what never was negative is not negative", () => {
    // Nothing in the last nine weeks: the mean is nothing, the margin is not.
    const { weeks: next } = forecastOf(weeks(45, (week) => (week < 36 && week % 9 === 0 ? 900 : 0)));
    for (const week of next) expect(week.low).toBe(0n);
    expect(next.every(({ value, high }) => high > value)).toBe(true);
  });

  it("of what was negative once may be: its range is as wide below as above", () => {
    const { weeks: next } = forecastOf([...weeks(39, (week) => (week % 9 === 0 ? 900 : 0)), -1n]);
    for (const week of next) expect(week.value - week.low).toBe(week.high - week.value);
    expect(next.some(({ low }) => low < 0n)).toBe(true);
  });

  it("of what stays above nothing has a range that is as wide below as above", () => {
    const { weeks: next } = forecastOf(weeks(40, (week) => 1_000 + (week % 9)));
    for (const week of next) expect(week.value - week.low).toBe(week.high - week.value);
    expect(next.every(({ high, value }) => high > value)).toBe(true);
  });
});
