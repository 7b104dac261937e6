import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fractionFromPpm, PPM, ppmFromFraction } from "./rate.ts";

describe("a rate", () => {
  it.each<[number | string, bigint]>([
    [0, 0n],
    [1, 1_000_000n],
    [0.1, 100_000n],
    [0.25, 250_000n],
    [0.001, 1_000n],
    [0.000001, 1n],
    [0.999999, 999_999n],
    [0.07, 70_000n],
    [0.29, 290_000n],
    [12.5, 12_500_000n],
    ["0.15", 150_000n],
    ["0.1500000", 150_000n],
    ["2", 2_000_000n],
    [999_999_999, 999_999_999_000_000n],
  ])("of %s is %d parts per million", (fraction, ppm) => {
    expect(ppmFromFraction(fraction)).toBe(ppm);
  });

  it.each<number | string>([
    0.1 + 0.2,
    0.0000001,
    0.1234567,
    -0.1,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "",
    "10%",
    "1e-3",
    ".5",
    "0.",
    " 0.5",
    "0.5 ",
    "1234567890",
  ])("of %j is refused", (fraction) => {
    expect(() => ppmFromFraction(fraction)).toThrow(RangeError);
  });

  it("says what a rate looks like", () => {
    expect(() => ppmFromFraction(-1)).toThrow("-1 is not a rate: a decimal fraction of at most 6 places, such as 0.25");
  });

  it("is read as it is written, to the last part per million", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100n * PPM }), (ppm) => {
        expect(ppmFromFraction(fractionFromPpm(ppm))).toBe(ppm);
      }),
    );
  });

  it.each<[bigint, number]>([
    [100_000n, 0.1],
    [1n, 0.000001],
    [1_050_000n, 1.05],
  ])("of %d parts per million is %d", (ppm, fraction) => {
    expect(fractionFromPpm(ppm)).toBe(fraction);
  });
});
