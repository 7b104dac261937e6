import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dateInZone, dayNumber, startOfDay, weekdayOf } from "../kernel/calendar.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";
import {
  BACK_OFF_MAX_MS,
  backOffMs,
  firstDue,
  LAST_DAY,
  lastDue,
  nextDue,
  PAYOUT_INTERVALS,
  type ScheduleRule,
} from "./schedule-rules.ts";

const rule = (every: ScheduleRule["every"], day = 1, anchorOn = "2026-11-30"): ScheduleRule => ({
  every,
  day,
  anchorOn,
});

describe("a payout schedule", () => {
  it("of a week is due on its day of the week, and on that day not again before the next", () => {
    expect(nextDue(rule("week"), "2026-11-29")).toBe("2026-11-30");
    expect(nextDue(rule("week"), "2026-11-30")).toBe("2026-12-07");
    expect(nextDue(rule("week", 5), "2026-11-30")).toBe("2026-12-04");
    expect(nextDue(rule("week", 7), "2026-12-31")).toBe("2027-01-03");
  });

  it("of a fortnight begins a week later than one of a week, and keeps its weeks however late it is caught up", () => {
    expect(firstDue(rule("fortnight"), "2026-11-29")).toBe("2026-12-07");
    expect(firstDue(rule("fortnight"), "2026-11-30")).toBe("2026-12-14");
    const kept = rule("fortnight", 1, "2026-11-30");
    expect(nextDue(kept, "2026-11-30")).toBe("2026-12-14");
    expect(nextDue(kept, "2026-12-09")).toBe("2026-12-14");
    expect(nextDue(kept, "2026-12-16")).toBe("2026-12-28");
    expect(nextDue(kept, "2026-11-29")).toBe("2026-11-30");
    expect(lastDue(kept, "2026-12-27")).toBe("2026-12-14");
  });

  it.each([
    [31, "2026-01-31", "2026-02-28"],
    [31, "2028-01-31", "2028-02-29"],
    [30, "2026-02-27", "2026-02-28"],
    [29, "2026-02-28", "2026-03-29"],
    [31, "2026-02-28", "2026-03-31"],
    [31, "2026-03-31", "2026-04-30"],
    [1, "2026-12-01", "2027-01-01"],
    [15, "2026-12-14", "2026-12-15"],
  ])("on day %d of the month, after %s, is due on %s: the last where the month is shorter", (day, today, due) => {
    expect(nextDue(rule("month", day), today)).toBe(due);
  });

  it("of an amount is looked at each day", () => {
    expect(nextDue(rule("amount"), "2026-12-31")).toBe("2027-01-01");
    expect(lastDue(rule("amount"), "2026-12-31")).toBe("2026-12-31");
  });

  it("that was missed is caught up for its last due day alone", () => {
    expect(lastDue(rule("month", 31), "2026-05-15")).toBe("2026-04-30");
    expect(lastDue(rule("month", 1), "2026-01-01")).toBe("2026-01-01");
    expect(lastDue(rule("month", 31), "2026-03-30")).toBe("2026-02-28");
    expect(lastDue(rule("week", 3), "2026-12-01")).toBe("2026-11-25");
  });

  it("that is new is first due on its next day: of a week, of a month, or tomorrow", () => {
    expect(firstDue({ every: "week", day: 1 }, "2026-11-29")).toBe("2026-11-30");
    expect(firstDue({ every: "week", day: 1 }, "2026-11-30")).toBe("2026-12-07");
    expect(firstDue({ every: "month", day: 31 }, "2026-11-30")).toBe("2026-12-31");
    expect(firstDue({ every: "amount", day: 1 }, "2026-11-30")).toBe("2026-12-01");
  });

  it("that fails waits for an hour, twice as long each time, and for no more than a day", () => {
    expect([1, 2, 3, 4, 5].map(backOffMs)).toEqual([1, 2, 4, 8, 16].map((hours) => hours * HOUR_MS));
    expect([6, 7, 100, 10_000].map(backOffMs)).toEqual(Array(4).fill(DAY_MS));
    expect(BACK_OFF_MAX_MS).toBe(DAY_MS);
  });

  it("has no day between the last due and the next, and each next is the last of its own day", () => {
    const days = fc
      .integer({ min: dayNumber("2020-01-01"), max: dayNumber("2040-01-01") })
      .map((n) => addDays("1970-01-01", n));
    fc.assert(
      fc.property(fc.constantFrom(...PAYOUT_INTERVALS), fc.nat(), days, days, (every, pick, anchor, today) => {
        const day = (pick % LAST_DAY[every]) + 1;
        const made = { every, day, anchorOn: firstDue({ every, day }, anchor) };
        const [last, next] = [lastDue(made, today), nextDue(made, today)];
        expect(last <= today && today < next).toBe(true);
        expect(lastDue(made, next)).toBe(next);
        expect(nextDue(made, last)).toBe(next);
        expect(lastDue(made, addDays(next, -1))).toBe(last);
        const length = dayNumber(next) - dayNumber(last);
        if (every === "week") expect([length, weekdayOf(next)]).toEqual([7, day]);
        if (every === "fortnight") expect([length, weekdayOf(next)]).toEqual([14, day]);
        if (every === "amount") expect(length).toBe(1);
        if (every === "month") expect(Number(next.slice(8)) === day || addDays(next, 1).endsWith("-01")).toBe(true);
      }),
    );
  });
});

describe("a day of a programme begins", () => {
  it.each([
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "Europe/Berlin", "2026-03-29T22:00:00.000Z"],
    ["2026-10-26", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
    ["2026-11-02", "America/New_York", "2026-11-02T05:00:00.000Z"],
    // The clock is set forward over midnight: the day begins at one.
    ["2026-04-24", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
    ["2026-12-01", "Pacific/Kiritimati", "2026-11-30T10:00:00.000Z"],
    ["2026-12-01", "Pacific/Pago_Pago", "2026-12-01T11:00:00.000Z"],
    ["2026-12-01", "UTC", "2026-12-01T00:00:00.000Z"],
  ])("%s in %s at %s", (date, zone, at) => {
    expect(startOfDay(date, zone).toISOString()).toBe(at);
    expect(dateInZone(new Date(startOfDay(date, zone).getTime() - 1), zone) < date).toBe(true);
  });
});
