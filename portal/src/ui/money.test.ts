import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { formatMoney, fromDecimal, toDecimal } from "./money.ts";

beforeAll(() => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
});

const CURRENCIES = ["USD", "JPY", "KWD", "CLF"];

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

  it("is the same amount again when it is typed as it is shown, to the last unit", () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999_999 }), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(fromDecimal(formatMoney(minor, currency), currency)).toBe(minor);
        expect(fromDecimal(toDecimal(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  it("that is none, or has more decimals than its currency, is refused", () => {
    for (const text of ["", "abc", "-5", "1.234", "1.2.3", "1e3"]) expect(fromDecimal(text, "USD")).toBeUndefined();
    expect(fromDecimal("1.5", "JPY")).toBeUndefined();
    expect(fromDecimal("1.5", "USD")).toBe(150);
  });
});
