import { afterEach, expect, it, vi } from "vitest";
import { dayBegins, dayIn, formatDate, formatTime, readersDay } from "./dates.ts";

const choose = (zone: string): void => {
  vi.stubGlobal("localStorage", { getItem: (key: string) => (key === "tributary_time_zone" ? zone : "en") });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
};

afterEach(() => vi.unstubAllGlobals());

it("times, their days and their years are those of the zone that was chosen", () => {
  choose("Asia/Tokyo");
  expect(formatTime("2026-12-31T20:05:00Z")).toMatch(/^1 Jan.*05:05$/);
  expect(formatDate("2026-12-31T20:05:00Z", new Date("2027-01-01T00:00:00Z"))).toBe("1 Jan");
});

it("a day is the one of its zone, and a zone that is none is the device's", () => {
  choose("Nowhere/Land");
  expect(dayIn("2026-03-01T23:30:00Z", "Asia/Tokyo")).toBe("2026-03-02");
  expect(dayIn("2026-03-01T23:30:00Z", "America/New_York")).toBe("2026-03-01");
  expect(formatDate("2026-03-01T12:00:00Z", new Date("2026-03-02T12:00:00Z"))).toBe("1 Mar");
});

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

it("a day that somebody names is the one of the zone that they are shown times in, as long as the clocks make it", () => {
  choose("Asia/Tokyo");
  expect(readersDay("2026-03-01")).toEqual({ begins: "2026-02-28T15:00:00.000Z", ends: "2026-03-01T15:00:00.000Z" });
  choose("Europe/Berlin");
  expect(readersDay("2026-10-25")).toEqual({ begins: "2026-10-24T22:00:00.000Z", ends: "2026-10-25T23:00:00.000Z" });
});
