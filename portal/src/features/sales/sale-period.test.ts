import { expect, it } from "vitest";
import { rangeOf } from "./sale-period.ts";

const NOW = new Date(2026, 2, 31, 15, 30);
const at = (year: number, month: number, day: number): string => new Date(year, month, day).toISOString();

it("a period of days is that many whole days, today's included", () => {
  expect(rangeOf("7d", NOW)).toEqual({ occurredFrom: at(2026, 2, 25) });
  expect(rangeOf("30d", NOW)).toEqual({ occurredFrom: at(2026, 2, 2) });
});

it("a month or year begins with its first day, also where the month before is shorter; the last month ends where this one begins", () => {
  expect(rangeOf("this_month", NOW)).toEqual({ occurredFrom: at(2026, 2, 1) });
  expect(rangeOf("last_month", NOW)).toEqual({ occurredFrom: at(2026, 1, 1), occurredBefore: at(2026, 2, 1) });
  expect(rangeOf("12m", NOW)).toEqual({ occurredFrom: at(2025, 3, 1) });
  expect(rangeOf("this_year", NOW)).toEqual({ occurredFrom: at(2026, 0, 1) });
});

it("no period is everything", () => {
  expect(rangeOf(undefined, NOW)).toEqual({});
});
