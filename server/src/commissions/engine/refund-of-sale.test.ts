import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Books, commissionOn, partnerWith, receiptOf, termsOfTier } from "../../../test/kit/engine.ts";
import { proRata, rounded } from "./product.ts";
import { spreadRefund } from "./refund-of-sale.ts";

const TERMS = termsOfTier("tier1", { id: "plain", signupBonus: 0n });
const HIGHER = termsOfTier("tier1", { id: "higher", signupBonus: 0n, recurringRatePpm: 150_000n });
const day = (number: number): string => `2024-03-${String(number).padStart(2, "0")}T12:00:00Z`;
const BY_SALE = { rounds: "sale" } as const;

const amounts = fc.array(fc.bigInt({ min: 0n, max: 50n }), { minLength: 1, maxLength: 5 });
const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);

describe("a refund of a sale that earned by several rows", () => {
  it("takes of all rows together what it would of one, of none more than it has, and a larger one of none less", () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: 40n }), (rows, of) => {
        let parts = rows.map((amount) => ({ amount, reversed: 0n }));
        for (let refunded = 1n; refunded <= of; refunded += 1n) {
          const target = rounded(proRata(sum(rows), refunded, of));
          const taken = spreadRefund(parts, target, { refunded, of });
          expect(sum(taken)).toBe(target);
          expect(
            parts.filter(({ amount, reversed }, at) => (taken[at] ?? -1n) < reversed || (taken[at] ?? 0n) > amount),
          ).toEqual([]);
          parts = parts.map(({ amount }, at) => ({ amount, reversed: taken[at] ?? 0n }));
        }
        expect(parts.map(({ reversed }) => reversed)).toEqual(rows);
      }),
    );
  });

  it("leaves each row its own part, but for the unit that rounding leaves, which the last that has room bears", () => {
    const parts = [1n, 1n, 1n].map((amount) => ({ amount, reversed: 0n }));
    // A half of each rounds to a whole: three, where a half of all three is two.
    expect(spreadRefund(parts, 2n, { refunded: 1n, of: 2n })).toEqual([0n, 1n, 1n]);
    const thirds = [4n, 4n].map((amount) => ({ amount, reversed: 0n }));
    expect(spreadRefund(thirds, 3n, { refunded: 1n, of: 3n })).toEqual([1n, 2n]);
  });

  it("gives back by a won chargeback from where each stands towards its own part", () => {
    const parts = [
      { amount: 10n, reversed: 10n },
      { amount: 5n, reversed: 5n },
    ];
    expect(spreadRefund(parts, 5n, { refunded: 1n, of: 3n })).toEqual([3n, 2n]);
    expect(spreadRefund(parts, 0n, { refunded: 0n, of: 3n })).toEqual([0n, 0n]);
  });

  it("moves off a row whose amount was lowered below what had been taken of it", () => {
    const parts = [
      { amount: 10n, reversed: 4n },
      { amount: 2n, reversed: 5n },
    ];
    expect(spreadRefund(parts, 6n, { refunded: 1n, of: 2n })).toEqual([4n, 2n]);
    expect(spreadRefund(parts, 8n, { refunded: 2n, of: 3n })).toEqual([6n, 2n]);
  });
});

/** A payment of 0.10 that earned 0.01; of the higher rate it is 0.02 (half away from zero of 0.015). */
function paid() {
  const sequence = partnerWith(TERMS, HIGHER);
  sequence.pay("ann", "p", day(1), { amount: 10n });
  return sequence;
}
const net = ({ facts }: Books): bigint =>
  sum([...facts.commissions.values()].map(({ amount, reversed }) => amount - reversed));

describe("from an act that says so on", () => {
  it("a half of two rows of 0.01 is 0.01, not twice 0.01", () => {
    const by = (words: object): bigint => {
      const { pay, reassess, refund, run } = partnerWith(TERMS, HIGHER);
      pay("ann", "p", day(1), { amount: 10n });
      reassess(day(2), "up", HIGHER.id, words);
      refund("ann", "p", "r", day(3), 5n);
      return net(run());
    };
    expect([by({}), by(BY_SALE)]).toEqual([0n, 1n]);
  });

  it("what was taken back before it follows with the next refund, and one in full leaves nothing", () => {
    const { reassess, refund, run } = paid();
    reassess(day(2), "up", HIGHER.id);
    refund("ann", "p", "r1", day(3), 5n);
    expect(net(run())).toBe(0n);
    reassess(day(4), "same", HIGHER.id, BY_SALE);
    expect(net(run())).toBe(0n);
    refund("ann", "p", "r2", day(5), 1n);
    expect(net(run())).toBe(1n);
    refund("ann", "p", "r3", day(6), 4n);
    expect(net(run())).toBe(0n);
  });

  it("a person's decision is rounded with the sale that it is about", () => {
    const { adjustByHand, refund, run } = paid();
    const { id } = commissionOn(run(), "p", "recurring");
    adjustByHand(id, 1n, day(2), BY_SALE);
    const refunded = refund("ann", "p", "r", day(3), 5n);
    const books = run();
    expect(net(books)).toBe(1n);
    // One row bears it, and the receipt has the figures of both.
    expect(receiptOf(books, refunded).clauses).toMatchObject([
      { clause: "reversal", outcome: "reversed", amount: -1n, commission: 2n, alreadyReversed: 0n, product: "1" },
    ]);
  });

  it("its receipt says of each row what the others bear, so that every figure adds up", () => {
    const { pay, reassess, refund, run } = partnerWith(TERMS, HIGHER);
    pay("ann", "p", day(1), { amount: 1_000n });
    reassess(day(2), "up", HIGHER.id, BY_SALE);
    const refunded = refund("ann", "p", "r", day(3), 333n);
    const clauses = receiptOf(run(), refunded).clauses.filter(({ clause }) => clause === "reversal");
    expect(clauses).toMatchObject([
      { amount: -33n, commission: 150n, alreadyReversed: 0n, onOtherRows: 17n },
      { amount: -17n, commission: 150n, alreadyReversed: 0n, onOtherRows: 33n },
    ]);
  });
});
