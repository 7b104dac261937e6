import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import { nextRun, PAYOUT_INTERVALS } from "./schedule-rules.ts";

const next = (every: (typeof PAYOUT_INTERVALS)[number], after: string): string =>
  nextRun(every, new Date(after)).toISOString();

describe("a payout schedule", () => {
  it("of a week wakes at the start of the next Monday, and on a Monday of the one after it", () => {
    expect(next("week", "2026-11-29T23:59:59.999Z")).toBe("2026-11-30T00:00:00.000Z");
    expect(next("week", "2026-11-30T00:00:00.000Z")).toBe("2026-12-07T00:00:00.000Z");
    expect(next("week", "2026-12-01T10:00:00.000Z")).toBe("2026-12-07T00:00:00.000Z");
  });

  it("of a fortnight wakes a week later than one of a week", () => {
    expect(next("fortnight", "2026-11-29T23:59:59.999Z")).toBe("2026-12-07T00:00:00.000Z");
    expect(next("fortnight", "2026-11-30T00:00:00.000Z")).toBe("2026-12-14T00:00:00.000Z");
  });

  it("of a month wakes on the first of the next, over the end of a year too", () => {
    expect(next("month", "2026-01-31T12:00:00.000Z")).toBe("2026-02-01T00:00:00.000Z");
    expect(next("month", "2026-12-01T00:00:00.000Z")).toBe("2027-01-01T00:00:00.000Z");
  });

  it("always wakes later than it woke, at the start of a day, and never later than its interval allows", () => {
    const MAX_DAYS = { week: 7, fortnight: 14, month: 31 } as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...PAYOUT_INTERVALS),
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        (every, after) => {
          const at = nextRun(every, after);
          expect(at.getTime()).toBeGreaterThan(after.getTime());
          expect(at.getTime() - after.getTime()).toBeLessThanOrEqual(MAX_DAYS[every] * DAY_MS);
          expect(at.getTime() % DAY_MS).toBe(0);
          if (every !== "month") expect(at.getUTCDay()).toBe(1);
        },
      ),
    );
  });
});
