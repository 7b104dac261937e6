import { describe, expect, it } from "vitest";
import {
  averagesOf,
  compare,
  compareAmounts,
  compareCounts,
  earningsPerHundredClicks,
  NO_COUNTS,
  noAmounts,
  perDay,
  rateOf,
  ratesOf,
} from "./figure-rules.ts";

describe("a rate", () => {
  it("is a fraction of six places, rounded once", () => {
    expect(rateOf(1n, 3n)).toBe(0.333333);
    expect(rateOf(2n, 3n)).toBe(0.666667);
    expect(rateOf(3n, 2n)).toBe(1.5);
    expect(rateOf(0n, 7n)).toBe(0);
  });

  it("of nothing is null, not zero", () => {
    expect(rateOf(5n, 0n)).toBeNull();
  });

  it("that begins with clicks leaves out what came by coupon", () => {
    const counts = { clicks: 100n, repeatClicks: 9n, signups: 20n, conversions: 10n, qualified: 4n, rejected: 0n };
    expect(ratesOf({ ...counts, fromClicks: { signups: 8n, conversions: 5n } })).toEqual({
      clickToSignup: 0.08,
      clickToConversion: 0.05,
      signupToConversion: 0.5,
      conversionToQualified: 0.4,
    });
  });
});

describe("a comparison", () => {
  it("is the difference over what was, by its size", () => {
    expect(compare(150n, 100n)).toEqual({ value: 150n, previous: 100n, change: 0.5 });
    expect(compare(0n, 100n).change).toBe(-1);
    // From a loss of 100 to a gain of 50: up, by one and a half of the loss.
    expect(compare(50n, -100n).change).toBe(1.5);
    expect(compare(50n, 0n).change).toBeNull();
  });

  it("of counts has each beside its own of the period before", () => {
    const now = { ...NO_COUNTS, clicks: 6n, signups: 5n, conversions: 4n, qualified: 3n, rejected: 2n };
    const before = { ...NO_COUNTS, clicks: 4n, signups: 4n, conversions: 4n, qualified: 4n };
    expect(compareCounts(now, before)).toEqual({
      clicks: { value: 6n, previous: 4n, change: 0.5 },
      signups: { value: 5n, previous: 4n, change: 0.25 },
      conversions: { value: 4n, previous: 4n, change: 0 },
      qualified: { value: 3n, previous: 4n, change: -0.25 },
      rejected: { value: 2n, previous: 0n, change: null },
    });
  });

  it("of amounts goes by the currencies' names, whichever period has them, and has each once", () => {
    const of = (...currencies: string[]) => currencies.map(noAmounts);
    const names = compareAmounts(of("USD", "CHF"), of("USD", "EUR")).map(({ currency }) => currency);
    expect(names).toEqual(["CHF", "EUR", "USD"]);
  });

  it("of amounts has each currency of either period, and no sum over them", () => {
    const now = [{ ...noAmounts("EUR"), revenue: 5n }];
    const before = [{ ...noAmounts("USD"), revenue: 7n, commissionEarned: 2n }];
    expect(compareAmounts(now, before)).toEqual([
      {
        currency: "EUR",
        revenue: { value: 5n, previous: 0n, change: null },
        commissionEarned: { value: 0n, previous: 0n, change: null },
      },
      {
        currency: "USD",
        revenue: { value: 0n, previous: 7n, change: -1 },
        commissionEarned: { value: 0n, previous: 2n, change: -1 },
      },
    ]);
  });
});

describe("an average", () => {
  it("is rounded to the minor unit, half away from zero, and is none without heads", () => {
    const earned = [
      { ...noAmounts("EUR"), commissionEarned: 5n },
      { ...noAmounts("USD"), commissionEarned: -5n },
    ];
    expect(averagesOf(earned, 2n)).toEqual([
      { currency: "EUR", amount: 3n },
      { currency: "USD", amount: -3n },
    ]);
    expect(averagesOf(earned, 0n)).toEqual([]);
    expect(perDay(10n, 4)).toBe(2.5);
  });

  it("of a hundred clicks is rounded once, at the end, and is none without a click", () => {
    const earned = [
      { ...noAmounts("EUR"), commissionEarned: 1n },
      { ...noAmounts("JPY"), commissionEarned: -7n },
    ];
    expect(earningsPerHundredClicks(earned, 8n)).toEqual([
      { currency: "EUR", amount: 13n },
      { currency: "JPY", amount: -88n },
    ]);
    expect(earningsPerHundredClicks(earned, 0n)).toEqual([]);
  });
});
