import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMonths, dateInZone, isTimeZone } from "./calendar.ts";

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
