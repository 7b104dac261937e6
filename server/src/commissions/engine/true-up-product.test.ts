import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VolumeMode } from "../../programs/index.ts";
import { periodEndingWith } from "./true-up-period.ts";
import { slicesOf, trueUpProduct } from "./true-up-product.ts";

const [LOW, HIGH] = [
  { from: 1_000n, ratePpm: 20_000n },
  { from: 5_000n, ratePpm: 50_000n },
];
const slices = (mode: VolumeMode, before: bigint, ...bases: bigint[]) =>
  slicesOf({ mode, steps: [LOW, HIGH] }, { before, bases }).map(({ step, base }) => [step.from, base]);

describe("volume that reaches a threshold", () => {
  it("to the unit is at its step, and one unit less is not: all of it, where it counts backwards", () => {
    expect(slices("retroactive", 0n, 999n)).toEqual([]);
    expect(slices("retroactive", 0n, 1_000n)).toEqual([[1_000n, 1_000n]]);
    expect(slices("retroactive", 0n, 4_999n)).toEqual([[1_000n, 4_999n]]);
    expect(slices("retroactive", 0n, 2_000n, 3_000n)).toEqual([[5_000n, 5_000n]]);
  });

  it("by what came before the period gives its rate to the period's own volume alone", () => {
    expect(slices("retroactive", 4_999n, 1n)).toEqual([[5_000n, 1n]]);
    expect(slices("graduated", 4_999n, 2n)).toEqual([
      [1_000n, 1n],
      [5_000n, 1n],
    ]);
    expect(slices("prospective", 4_999n, 1n, 1n)).toEqual([
      [1_000n, 1n],
      [5_000n, 1n],
    ]);
  });

  it("earns above it alone where it is graduated: at the threshold itself nothing yet, one unit more is one unit", () => {
    expect(slices("graduated", 0n, 1_000n)).toEqual([]);
    expect(slices("graduated", 0n, 1_001n)).toEqual([[1_000n, 1n]]);
    expect(slices("graduated", 0n, 5_000n)).toEqual([[1_000n, 4_000n]]);
    expect(slices("graduated", 0n, 5_001n)).toEqual([
      [1_000n, 4_000n],
      [5_000n, 1n],
    ]);
    expect(slices("graduated", 7_000n, 500n)).toEqual([[5_000n, 500n]]);
  });

  it("rates the next payment where it is prospective, never the one that reaches it", () => {
    expect(slices("prospective", 0n, 1_000n)).toEqual([]);
    expect(slices("prospective", 0n, 1_000n, 10n)).toEqual([[1_000n, 10n]]);
    expect(slices("prospective", 0n, 999n, 10n)).toEqual([]);
    expect(slices("prospective", 5_000n, 3n, 4n)).toEqual([[5_000n, 7n]]);
  });
});

describe("a payment of which nothing is left", () => {
  it("is in no slice, and moves none", () => {
    expect(slices("prospective", 1_000n, 0n)).toEqual([]);
    expect(slices("prospective", 1_000n, 0n, 5n, 0n)).toEqual([[1_000n, 5n]]);
    expect(slices("retroactive", 1_000n, 0n)).toEqual([]);
  });
});

describe("slices", () => {
  const amount = fc.bigInt({ min: 0n, max: 9_000n });
  it("hold each unit of the period's volume at most once, and all of it from the first threshold on", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<VolumeMode>("graduated", "prospective", "retroactive"),
        amount,
        fc.array(amount, { maxLength: 6 }),
        (mode, before, bases) => {
          const volume = bases.reduce((sum, base) => sum + base, 0n);
          const held = slicesOf({ mode, steps: [LOW, HIGH] }, { before, bases }).reduce(
            (sum, { base }) => sum + base,
            0n,
          );
          expect(held <= volume).toBe(true);
          // What came before had reached the first threshold: nothing of the period is below it.
          expect(slicesOf({ mode, steps: [LOW, HIGH] }, { before: before + 1_000n, bases })).toSatisfy(
            (all: readonly { base: bigint }[]) => all.reduce((sum, { base }) => sum + base, 0n) === volume,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it("earn their rates and the multiplier, exactly", () => {
    const held = [
      { step: LOW, base: 4_000n },
      { step: HIGH, base: 1n },
    ];
    // 40.00 at 2 % and 0.01 at 5 %, half as much again: 120.075 minor units.
    const { numerator, denominator } = trueUpProduct(held, 1_500_000n);
    expect(numerator * 1_000n).toBe(120_075n * denominator);
    expect(trueUpProduct([], 1_000_000n).numerator).toBe(0n);
  });
});

describe("a rolling window", () => {
  const startOf = (windowDays: number) =>
    periodEndingWith({ period: "rolling", windowDays }, "2024-03-01")?.windowStart;
  it("of days counts its last: the shortest that a plan may name is the longest month", () => {
    expect(startOf(31)).toBe("2024-03-01");
    expect(startOf(32)).toBe("2024-02-29");
    expect(startOf(365)).toBe("2023-04-02");
  });
});
