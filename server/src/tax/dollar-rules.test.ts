import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../test/kit/property-seed.ts";
import { inCents } from "./dollar-rules.ts";

/** Units of a currency for one dollar, in millionths. */
const EUR = { exponent: 2, units_ppm: 900_000n };
const JPY = { exponent: 0, units_ppm: 150_000_000n };
const KWD = { exponent: 3, units_ppm: 300_000n };

describe("a sum in US cents", () => {
  it("is itself where it is in dollars, whatever rate there is or is not", () => {
    expect(inCents(1_234n, "USD", undefined)).toBe(1_234n);
    expect(inCents(1_234n, "USD", EUR)).toBe(1_234n);
  });

  it("is not known without the rate of its currency", () => {
    expect(inCents(1_234n, "EUR", undefined)).toBeUndefined();
  });

  it.each([
    ["9.00 EUR", 900n, EUR, 1_000n],
    ["10.00 EUR", 1_000n, EUR, 1_111n],
    ["150 JPY", 150n, JPY, 100n],
    ["0.300 KWD", 300n, KWD, 100n],
    ["what was taken back, 9.00 EUR", -900n, EUR, -1_000n],
  ])("of %s is divided by the average rate of the year", (_sum, amount, rate, cents) => {
    expect(inCents(amount, "XXX", rate)).toBe(cents);
  });

  it("is rounded once, half away from zero", () => {
    const two = { exponent: 2, units_ppm: 2_000_000n };
    expect([1n, 3n, -1n, -3n].map((amount) => inCents(amount, "XXX", two))).toEqual([1n, 2n, -1n, -2n]);
  });

  it("is no further than half a cent from the exact one", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.integer({ min: 0, max: 3 }),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (amount, exponent, units_ppm) => {
          const cents = inCents(amount, "XXX", { exponent, units_ppm }) ?? 0n;
          const divisor = 10n ** BigInt(exponent) * units_ppm;
          const off = 2n * (cents * divisor - amount * 100_000_000n);
          expect(off <= divisor && off >= -divisor).toBe(true);
        },
      ),
    );
  });
});
