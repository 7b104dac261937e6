import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, addMonths, dateInZone, isTimeZone, startOfDay, weekdayOf } from "./calendar.ts";

describe("months on", () => {
  it.each<[string, number, string]>([
    ["2024-01-31", 12, "2025-01-31"],
    ["2024-08-31", 6, "2025-02-28"],
    ["2023-08-31", 6, "2024-02-29"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2024-01-31", 3, "2024-04-30"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["2024-12-15", 1, "2025-01-15"],
    ["2024-11-30", 2, "2025-01-30"],
    ["2024-01-01", 0, "2024-01-01"],
    ["2024-03-31", -1, "2024-02-29"],
    ["0999-12-31", 2, "1000-02-28"],
  ])("%s and %d months is %s", (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-12-31"), noInvalidDate: true });

  it("keep the day where the month has it, and are its last day otherwise", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 240 }), (from, months) => {
        const date = from.toISOString().slice(0, 10);
        const later = addMonths(date, months);
        const dayAfter = new Date(Date.parse(later) + 86_400_000);
        expect(later.slice(8) === date.slice(8) || dayAfter.getUTCDate() === 1).toBe(true);
        expect(monthsOf(later)).toBe(monthsOf(date) + months);
      }),
    );
  });
});

const monthsOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

describe("the day of an instant", () => {
  it.each<[string, string, string]>([
    ["2024-01-31T00:00:00Z", "UTC", "2024-01-31"],
    ["2024-01-30T23:59:59.999Z", "UTC", "2024-01-30"],
    ["2024-01-31T04:59:59Z", "America/New_York", "2024-01-30"],
    ["2024-01-31T05:00:00Z", "America/New_York", "2024-01-31"],
    ["2024-07-31T03:59:59Z", "America/New_York", "2024-07-30"],
    ["2024-07-31T04:00:00Z", "America/New_York", "2024-07-31"],
    ["2024-12-31T15:00:00Z", "Asia/Tokyo", "2025-01-01"],
    ["2024-12-31T18:29:59Z", "Asia/Kolkata", "2024-12-31"],
    ["2024-12-31T18:30:00Z", "Asia/Kolkata", "2025-01-01"],
    ["0999-06-15T12:00:00Z", "Europe/Berlin", "0999-06-15"],
  ])("%s in %s is %s", (instant, timeZone, date) => {
    expect(dateInZone(new Date(instant), timeZone)).toBe(date);
  });

  it("does not depend on the shortcut for UTC", () => {
    const instant = fc.date({ min: new Date("1970-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (at) => {
        expect(dateInZone(at, "Etc/UTC")).toBe(dateInZone(at, "UTC"));
      }),
    );
  });

  it("is known in zones that exist", () => {
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("UTC")).toBe(true);
    expect(isTimeZone("Europe/Atlantis")).toBe(false);
    expect(isTimeZone("")).toBe(false);
  });
});

describe("days on", () => {
  it.each([
    ["2024-02-28", 1, "2024-02-29"],
    ["2023-02-28", 1, "2023-03-01"],
    ["2024-01-01", -1, "2023-12-31"],
    ["2024-12-31", 366, "2026-01-01"],
  ])("%s and %d days is %s", (date, days, expected) => expect(addDays(date, days)).toBe(expected));

  it("are of the week that the calendar gives them, Monday the first", () => {
    expect(["2024-02-26", "2024-02-29", "2024-03-03", "1970-01-01"].map(weekdayOf)).toEqual([1, 4, 7, 4]);
  });
});

describe("the first instant of a day", () => {
  it.each([
    ["UTC", "2024-03-10", "2024-03-10T00:00:00.000Z"],
    ["America/New_York", "2024-03-10", "2024-03-10T05:00:00.000Z"],
    ["America/New_York", "2024-03-11", "2024-03-11T04:00:00.000Z"],
    ["Pacific/Kiritimati", "2024-03-10", "2024-03-09T10:00:00.000Z"],
    ["Pacific/Pago_Pago", "2024-03-10", "2024-03-10T11:00:00.000Z"],
    // At midnight the clock went to one: the day began an hour late.
    ["America/Havana", "2024-03-10", "2024-03-10T05:00:00.000Z"],
    // Samoa left this day out, and the next began at once.
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z"],
    ["Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z"],
  ])("in %s of %s is %s", (timeZone, date, instant) => {
    expect(startOfDay(date, timeZone).toISOString()).toBe(instant);
  });

  it("bears the date, and the millisecond before it an earlier one", () => {
    const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });
    const zones = fc.constantFrom("UTC", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo");
    fc.assert(
      fc.property(instants, zones, (instant, timeZone) => {
        const date = dateInZone(instant, timeZone);
        const start = startOfDay(date, timeZone);
        expect(dateInZone(start, timeZone)).toBe(date);
        expect(dateInZone(new Date(start.getTime() - 1), timeZone) < date).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
