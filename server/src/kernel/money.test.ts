import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CURRENCIES } from "./currency.ts";
import { InvariantViolation } from "./invariant.ts";
import { allocate, formatMajor, parseMajor, roundHalfAwayFromZero } from "./money.ts";

/** At most fifteen digits: what is read in major units of a currency without decimals. */
const amount = fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n });
const scale = fc.bigInt({ min: 1n, max: 10n ** 12n });
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const total = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

describe("rounding half away from zero", () => {
  it.each([
    [0n, 1n, 0n],
    [1n, 2n, 1n],
    [-1n, 2n, -1n],
    [3n, 2n, 2n],
    [-3n, 2n, -2n],
    [4n, 10n, 0n],
    [5n, 10n, 1n],
    [14n, 10n, 1n],
    [15n, 10n, 2n],
    [-14n, 10n, -1n],
    [-15n, 10n, -2n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [7n, 1n, 7n],
    [499_999n, 1_000_000n, 0n],
    [500_000n, 1_000_000n, 1n],
  ])("%d / %d is %d", (numerator, denominator, expected) => {
    expect(roundHalfAwayFromZero(numerator, denominator)).toBe(expected);
  });

  it("is within a half of the quotient, and at exactly a half it is the one further from zero", () => {
    fc.assert(
      fc.property(amount, scale, (numerator, denominator) => {
        const rounded = roundHalfAwayFromZero(numerator, denominator);
        const twiceError = 2n * absolute(numerator - rounded * denominator);
        expect(twiceError <= denominator).toBe(true);
        if (twiceError === denominator) expect(absolute(rounded) * denominator > absolute(numerator)).toBe(true);
      }),
    );
  });

  it("mirrors the sign", () => {
    fc.assert(
      fc.property(amount, scale, (numerator, denominator) => {
        expect(roundHalfAwayFromZero(-numerator, denominator)).toBe(-roundHalfAwayFromZero(numerator, denominator));
      }),
    );
  });

  it.each([0n, -1n])("refuses the denominator %d", (denominator) => {
    expect(() => roundHalfAwayFromZero(1n, denominator)).toThrow(InvariantViolation);
  });
});

describe("a split by largest remainder", () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
    [-100n, [1n, 1n, 1n], [-34n, -33n, -33n]],
    [10n, [40n, 20n, 40n], [4n, 2n, 4n]],
    [1n, [40n, 20n, 40n], [1n, 0n, 0n]],
    [1n, [20n, 40n, 40n], [0n, 1n, 0n]],
    [5n, [1n, 2n, 4n], [1n, 1n, 3n]],
    [7n, [0n, 1n], [0n, 7n]],
    [0n, [3n, 1n], [0n, 0n]],
  ])("case %#: %d", (whole, weights, expected) => {
    expect(allocate(whole, weights)).toEqual(expected);
  });

  const split = fc
    .tuple(amount, fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 8 }))
    .filter(([, weights]) => total(weights) > 0n);

  it("adds up to the whole, and no part is a unit or more away from its exact share", () => {
    fc.assert(
      fc.property(split, ([whole, weights]) => {
        const parts = allocate(whole, weights);
        const sum = total(weights);
        expect(total(parts)).toBe(whole);
        for (const [index, part] of parts.entries()) {
          expect(absolute(part * sum - whole * (weights[index] ?? 0n)) < sum).toBe(true);
        }
      }),
    );
  });

  it("gives nothing to a weight of nothing, and never less to a larger weight", () => {
    fc.assert(
      fc.property(split, ([whole, weights]) => {
        const parts = allocate(absolute(whole), weights);
        const shares = weights.map((weight, index) => ({ weight, part: parts[index] ?? 0n }));
        expect(shares.every(({ weight, part }) => weight > 0n || part === 0n)).toBe(true);
        expect(
          shares.every((one) => shares.every((other) => one.weight <= other.weight || one.part >= other.part)),
        ).toBe(true);
      }),
    );
  });

  it.each<[string, bigint[]]>([
    ["no weights", []],
    ["weights of nothing", [0n, 0n]],
    ["a weight below zero", [2n, -1n]],
  ])("is refused where there are %s", (_, weights) => {
    expect(() => allocate(1n, weights)).toThrow(InvariantViolation);
  });
});

describe("major units", () => {
  it.each<[string, string, bigint]>([
    ["12.34", "USD", 1_234n],
    ["-12.34", "USD", -1_234n],
    ["12", "USD", 1_200n],
    ["12.3", "USD", 1_230n],
    ["12.3000", "USD", 1_230n],
    ["0.05", "USD", 5n],
    ["-0.05", "USD", -5n],
    ["12", "JPY", 12n],
    ["12.00", "JPY", 12n],
    ["1.234", "KWD", 1_234n],
    ["1.2345", "CLF", 12_345n],
    ["999999999999999.99", "USD", 99_999_999_999_999_999n],
  ])("%s %s is %d minor units", (text, currency, minor) => {
    expect(parseMajor(text, currency)).toBe(minor);
  });

  it.each<[string, string]>([
    ["12.345", "USD"],
    ["1.5", "JPY"],
    ["", "USD"],
    ["12,34", "USD"],
    ["1e3", "USD"],
    ["+1", "USD"],
    [" 1", "USD"],
    ["1 ", "USD"],
    [".5", "USD"],
    ["5.", "USD"],
    ["1234567890123456", "USD"],
    ["0.0000000000000000", "USD"],
  ])("%j %s is refused", (text, currency) => {
    expect(() => parseMajor(text, currency)).toThrow(RangeError);
  });

  it("says what is wrong", () => {
    expect(() => parseMajor("12.345", "USD")).toThrow('"12.345" has more decimals than the 2 of USD');
    expect(() => parseMajor("x", "USD")).toThrow('"x" is not a decimal number such as 12.34');
  });

  it.each<[bigint, string, string]>([
    [0n, "USD", "0.00"],
    [5n, "USD", "0.05"],
    [-5n, "USD", "-0.05"],
    [1_234n, "USD", "12.34"],
    [12n, "JPY", "12"],
    [-12n, "JPY", "-12"],
    [1n, "KWD", "0.001"],
  ])("%d minor units of %s are %s", (minor, currency, text) => {
    expect(formatMajor(minor, currency)).toBe(text);
  });

  it("are read as they are written, in every currency", () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(parseMajor(formatMajor(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  it("of an unknown currency are our own mistake", () => {
    expect(() => parseMajor("1", "XXX")).toThrow(InvariantViolation);
    expect(() => formatMajor(1n, "XXX")).toThrow(InvariantViolation);
  });
});
