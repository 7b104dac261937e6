import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Forecast, forecastMeasures } from "./forecast-rows.ts";

beforeEach(() => {
  vi.stubGlobal("localStorage", { getItem: () => "en" });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
});
afterEach(() => vi.unstubAllGlobals());

const week = (ahead: number, value: number, low: number, high: number) => ({
  ahead,
  value,
  low,
  high,
  meanError: 2,
  repeatError: 3,
  trials: 20,
});
const measured = (...weeks: ReturnType<typeof week>[]) => ({
  historyWeeks: 40,
  historyWeeksNeeded: 12,
  reason: weeks.length === 0 ? ("history_too_short" as const) : null,
  weeks,
});
const FORECAST: Forecast = {
  timeZone: "UTC",
  currency: "USD",
  upTo: null,
  history: { from: "2024-03-01", to: "2026-03-29" },
  weeks: [
    { from: "2026-03-30", to: "2026-04-05" },
    { from: "2026-04-06", to: "2026-04-12" },
  ],
  clicks: measured(week(1, 50, 25, 75), week(2, 50, 0, 100)),
  signups: measured(),
  conversions: measured(),
  amounts: [{ currency: "JPY", revenue: measured(week(1, -10, -50, 50)), commissionEarned: measured() }],
};

it("begins with money by currency, each in its own decimals, and goes on with counts", () => {
  const measures = forecastMeasures(FORECAST);
  expect(measures.map(({ id }) => id)).toEqual(["revenue JPY", "earned JPY", "clicks", "signups", "conversions"]);
  expect(measures[0]?.weeks[0]).toMatchObject({ from: "2026-03-30", value: "−10", low: "−50", high: "50" });
  expect(measures[1]).toMatchObject({ weeks: [], historyWeeks: 40, historyWeeksNeeded: 12 });
});

it("draws the weeks of one measure on one line, from zero or from what lies below", () => {
  const [revenue, , clicks] = forecastMeasures(FORECAST);
  expect(clicks?.weeks.map(({ start, length, at }) => [start, length, at])).toEqual([
    [25, 50, 50],
    [0, 100, 50],
  ]);
  expect(revenue?.weeks.map(({ start, length, at }) => [start, length, at])).toEqual([[0, 100, 40]]);
});
