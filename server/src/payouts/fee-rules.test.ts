import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeeTerms, feesOf } from "./fee-rules.ts";

const terms = (more: Partial<FeeTerms> = {}): FeeTerms => ({
  feeBorneBy: "partner",
  feeFixed: 25n,
  feePpm: 15_000n,
  ...more,
});

describe("the fee of a transfer", () => {
  it("is nothing where nothing was set", () => {
    expect(feesOf(undefined, 10_000n, 1n)).toEqual({ partner: 0n, programme: 0n });
  });

  it("is its fixed part and its share of the amount, for whoever bears it and for nobody else", () => {
    expect(feesOf(terms(), 10_000n, 1n)).toEqual({ partner: 175n, programme: 0n });
    expect(feesOf(terms({ feeBorneBy: "programme" }), 10_000n, 1n)).toEqual({ partner: 0n, programme: 175n });
  });

  it("is rounded once, half of a unit up", () => {
    const fee = (amount: bigint) => feesOf(terms({ feeFixed: 0n }), amount, 1n).partner;
    expect([33n, 34n, 99n, 100n, 101n].map(fee)).toEqual([0n, 1n, 1n, 2n, 2n]);
  });

  it("that the partner bears grows to what leaves an amount that the provider can move", () => {
    expect(feesOf(terms({ feePpm: 0n }), 1_000n, 100n)).toEqual({ partner: 100n, programme: 0n });
    expect(feesOf(terms({ feePpm: 0n, feeFixed: 100n }), 1_000n, 100n).partner).toBe(100n);
    expect(feesOf(terms({ feePpm: 0n, feeFixed: 101n }), 1_000n, 100n).partner).toBe(200n);
  });

  it("that the programme bears does not: the whole amount is moved", () => {
    expect(feesOf(terms({ feeBorneBy: "programme", feePpm: 0n }), 1_000n, 100n).programme).toBe(25n);
  });

  it("that is as much as the amount, or more, stays what it is: no such transfer is made", () => {
    const fee = (feeFixed: bigint) => feesOf(terms({ feePpm: 0n, feeFixed }), 1_000n, 100n).partner;
    expect([fee(999n), fee(1_000n), fee(1_001n), fee(1_250n)]).toEqual([1_000n, 1_000n, 1_001n, 1_250n]);
  });

  it("is never less than its terms, by less than a step more, and leaves what can be moved", () => {
    const amount = fc.bigInt({ min: 1n, max: 10_000n });
    fc.assert(
      fc.property(
        amount,
        fc.bigInt({ min: 0n, max: 2_000n }),
        fc.bigInt({ min: 0n, max: 500_000n }),
        fc.constantFrom(1n, 10n, 100n),
        (units, feeFixed, feePpm, step) => {
          const whole = units * step;
          const exact = feesOf(terms({ feeBorneBy: "programme", feeFixed, feePpm }), whole, step).programme;
          const { partner, programme } = feesOf(terms({ feeFixed, feePpm }), whole, step);
          expect(programme).toBe(0n);
          expect(partner >= exact && partner < exact + step).toBe(true);
          expect(partner >= whole || (whole - partner) % step === 0n).toBe(true);
        },
      ),
    );
  });
});
