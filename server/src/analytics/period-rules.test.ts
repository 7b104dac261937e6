import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GRANULARITIES, lengthOf, type PeriodInput, resolvePeriod, stepOf, stepsOf } from "./period-rules.ts";

/** 1 March 2026, a Sunday; in New York still 28 February. */
const now = new Date("2026-03-01T03:00:00Z");
const resolve = (input: PeriodInput, timeZone = "UTC") => resolvePeriod(input, { now, timeZone });

describe("a period", () => {
  it.each([
    ["today", "2026-03-01", "2026-03-01"],
    ["yesterday", "2026-02-28", "2026-02-28"],
    ["7d", "2026-02-23", "2026-03-01"],
    ["30d", "2026-01-31", "2026-03-01"],
    ["90d", "2025-12-02", "2026-03-01"],
    ["12m", "2025-03-02", "2026-03-01"],
    ["this_month", "2026-03-01", "2026-03-01"],
    ["last_month", "2026-02-01", "2026-02-28"],
    ["this_year", "2026-01-01", "2026-03-01"],
    ["last_year", "2025-01-01", "2025-12-31"],
  ] as const)("named %s is %s to %s", (period, from, to) => {
    expect(resolve({ period })).toMatchObject({ from, to });
  });

  it("is of the programme's zone: today there may be yesterday here", () => {
    expect(resolve({ period: "today" }, "America/New_York")).toMatchObject({ from: "2026-02-28", to: "2026-02-28" });
  });

  it("is thirty days when none is given", () => {
    expect(resolve({})).toEqual(resolve({ period: "30d" }));
  });

  it("is compared with as many days right before it", () => {
    expect(resolve({ from: "2026-02-01", to: "2026-02-28" }).previous).toEqual({
      from: "2026-01-04",
      to: "2026-01-31",
    });
  });

  it.each([
    [{ from: "2026-01-01" }, "analytics.period_ambiguous"],
    [{ to: "2026-01-01" }, "analytics.period_ambiguous"],
    [{ period: "7d", from: "2026-01-01", to: "2026-01-02" }, "analytics.period_ambiguous"],
    [{ from: "2026-01-02", to: "2026-01-01" }, "analytics.period_invalid"],
    [{ from: "2026-02-30", to: "2026-03-01" }, "analytics.period_invalid"],
    [{ from: "yesterday", to: "2026-03-01" }, "analytics.period_invalid"],
    [{ from: "2026-02-01", to: "2026-13-01" }, "analytics.period_invalid"],
    [{ from: "2026-02-01", to: "2026-02-30" }, "analytics.period_invalid"],
    [{ from: "2026-02-30", to: "2026-04-01" }, "analytics.period_invalid"],
    [{ from: "2026-02-01", to: "2026-02-02T00:00:00Z" }, "analytics.period_invalid"],
    [{ from: "+002026-02-01", to: "2026-03-01" }, "analytics.period_invalid"],
    [{ from: "2016-01-01", to: "2026-03-01" }, "analytics.period_too_long"],
  ] as const)("that is no period is refused: %o", (input, code) => {
    expect(() => resolve(input)).toThrow(expect.objectContaining({ code }));
  });

  it("may be of some ten years, 3,660 days, and no day more; a refusal names the days that were asked for", () => {
    const [from, to] = ["2016-01-01", "2026-01-07"];
    expect(lengthOf(resolve({ from, to }))).toBe(3_660);
    const factsOf = (input: PeriodInput): unknown => {
      try {
        return resolve(input);
      } catch (error) {
        return (error as { facts: unknown }).facts;
      }
    };
    expect(factsOf({ from, to: "2026-01-08" })).toEqual({ from, to: "2026-01-08", daysMax: 3_660 });
    expect(factsOf({ from: to, to: from })).toEqual({ from: to, to: from });
    expect(factsOf({ from: "yesterday", to })).toEqual({ from: "yesterday", to });
  });

  it.each([
    ["2026-01-01", "2026-04-02", "day"],
    ["2026-01-01", "2026-04-03", "week"],
    ["2025-01-01", "2026-01-01", "week"],
    ["2025-01-01", "2026-01-02", "month"],
  ])("from %s to %s is shown by %s", (from, to, granularity) => {
    expect(resolve({ from, to }).granularity).toBe(granularity);
    expect(resolve({ from, to, granularity: "day" }).granularity).toBe("day");
  });
});

describe("the steps of a period", () => {
  it("are whole weeks from Monday and whole months, cut at both ends", () => {
    expect(stepsOf({ from: "2026-02-26", to: "2026-03-09", granularity: "week" })).toEqual([
      { from: "2026-02-26", to: "2026-03-01" },
      { from: "2026-03-02", to: "2026-03-08" },
      { from: "2026-03-09", to: "2026-03-09" },
    ]);
    expect(stepsOf({ from: "2025-12-31", to: "2026-02-01", granularity: "month" })).toEqual([
      { from: "2025-12-31", to: "2025-12-31" },
      { from: "2026-01-01", to: "2026-01-31" },
      { from: "2026-02-01", to: "2026-02-01" },
    ]);
  });

  it("follow each other without a gap, each in one step, and add up to the period", () => {
    const day = fc.integer({ min: Date.UTC(1969, 0, 1) / 86_400_000, max: 25_000 });
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 800 }),
        fc.constantFrom(...GRANULARITIES),
        (first, more, granularity) => {
          const date = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
          const [from, to] = [date(first), date(first + more)];
          const steps = stepsOf({ from, to, granularity });
          expect(steps.reduce((sum, step) => sum + lengthOf(step), 0)).toBe(more + 1);
          expect([steps[0]?.from, steps.at(-1)?.to]).toEqual([from, to]);
          for (const step of steps) expect(stepOf(step.from, granularity)).toBe(stepOf(step.to, granularity));
        },
      ),
    );
  });
});
