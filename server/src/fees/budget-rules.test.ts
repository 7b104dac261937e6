import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../test/kit/property-seed.ts";
import { addDays } from "../kernel/calendar.ts";
import { BUDGET_PERIODS, budgetPeriod, leftOfBudget, needsSecond } from "./budget-rules.ts";

describe("the period of a budget", () => {
  it.each([
    ["quarter", "2026-01-01", "2026-01-01", "2026-03-31"],
    ["quarter", "2026-03-31", "2026-01-01", "2026-03-31"],
    ["quarter", "2026-04-01", "2026-04-01", "2026-06-30"],
    ["quarter", "2026-08-15", "2026-07-01", "2026-09-30"],
    ["quarter", "2026-12-31", "2026-10-01", "2026-12-31"],
    ["quarter", "2028-02-29", "2028-01-01", "2028-03-31"],
    ["year", "2028-02-29", "2028-01-01", "2028-12-31"],
    ["year", "2026-12-31", "2026-01-01", "2026-12-31"],
  ] as const)("of a %s that %s is in runs from %s to %s, both included", (period, day, start, end) => {
    expect(budgetPeriod(period, day)).toEqual({ start, end });
  });

  it("holds its day, is the same from each of its days, and the next begins on the day after it", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...BUDGET_PERIODS), day, (period, instant) => {
        const at = instant.toISOString().slice(0, 10);
        const found = budgetPeriod(period, at);
        expect(found.start <= at && at <= found.end).toBe(true);
        expect(budgetPeriod(period, found.start)).toEqual(found);
        expect(budgetPeriod(period, found.end)).toEqual(found);
        expect(budgetPeriod(period, addDays(found.end, 1)).start).toBe(addDays(found.end, 1));
      }),
    );
  });
});

describe("a budget", () => {
  it("has left what was granted less what waits to be decided and what was used", () => {
    expect(leftOfBudget({ granted: 100n, waiting: 30n, used: 20n })).toBe(50n);
    expect(leftOfBudget({ granted: 100n, waiting: 0n, used: 0n })).toBe(100n);
    expect(leftOfBudget({ granted: 100n, waiting: 40n, used: 60n })).toBe(0n);
  });
});

describe("a claim", () => {
  it("needs a second person above the limit alone, and none where there is no limit", () => {
    expect(needsSecond(49_999n, 50_000n)).toBe(false);
    expect(needsSecond(50_000n, 50_000n)).toBe(false);
    expect(needsSecond(50_001n, 50_000n)).toBe(true);
    expect(needsSecond(1n, 0n)).toBe(true);
    expect(needsSecond(1_000_000_000n, null)).toBe(false);
  });
});
