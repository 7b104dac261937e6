import { expect, it } from "vitest";
import { dayBegins } from "./dates.ts";

it.each([
  ["2026-07-01", "UTC", "2026-07-01T00:00:00.000Z"],
  ["2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  ["2026-12-01", "Europe/Berlin", "2026-11-30T23:00:00.000Z"],
  // The nights on which clocks are changed, on both sides of UTC.
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-01-01", "Asia/Kathmandu", "2025-12-31T18:15:00.000Z"],
])("the day %s begins in %s at %s", (day, timeZone, instant) => {
  expect(dayBegins(day, timeZone)).toBe(instant);
});
