import { afterEach, expect, it, vi } from "vitest";
import { dayIn, formatDate, formatTime } from "./dates.ts";

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
