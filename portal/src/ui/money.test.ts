import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { formatMoney, fromDecimal, toDecimal, toTyped } from "./money.ts";

const reads = (tag: string): void => {
  vi.stubGlobal("navigator", { languages: [tag] });
};

beforeAll(() => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  reads("en-GB");
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const CURRENCIES = ["USD", "JPY", "KWD", "CLF"];
/** Languages that write numbers in every way there is: points, commas, blanks, apostrophes, groups of two. */
const TAGS = ["en-GB", "en-DE", "en-ZA", "en-CH", "en-IN", "he-IL"];

describe("an amount", () => {
  it.each([
    [123_456, "USD", "1,234.56"],
    [5, "USD", "0.05"],
    [-3273, "USD", "−32.73"],
    [0, "USD", "0.00"],
    [1_120_000, "JPY", "1,120,000"],
    [1234, "KWD", "1.234"],
    [9_007_199_254_740_991, "USD", "90,071,992,547,409.91"],
  ])("of %s minor units of %s is written %s", (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
  });

  it.each(TAGS)("is the same amount again when it is typed as it is shown in %s, to the last unit", (tag) => {
    reads(tag);
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999_999 }), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(fromDecimal(formatMoney(minor, currency), currency)).toBe(minor);
        expect(fromDecimal(toTyped(minor, currency), currency)).toBe(minor);
      }),
    );
    reads("en-GB");
  });

  it.each(TAGS)("with two decimals is never a hundred times as much in %s, whichever sign parts them", (tag) => {
    reads(tag);
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999 }), fc.constantFrom(".", ","), (minor, sign) => {
        expect(fromDecimal(toDecimal(minor, "EUR").replace(".", sign), "EUR")).toBe(minor);
      }),
    );
    reads("en-GB");
  });

  it("that is none, or has more decimals than its currency, is refused", () => {
    for (const text of ["", "abc", "-5", "1.234", "1.2.3", "1e3", "1,23,4", "12,34.50", ",50", "1.234,50"])
      expect(fromDecimal(text, "USD")).toBeUndefined();
    expect(fromDecimal("1.5", "JPY")).toBeUndefined();
    expect(fromDecimal("1.5", "USD")).toBe(150);
    expect(fromDecimal("1,234", "USD")).toBe(123_400);
  });
});
