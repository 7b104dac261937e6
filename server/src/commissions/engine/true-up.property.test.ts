import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessBatch, emptyBooks, recordedSequence, termsOfTier } from "../../../test/kit/engine.ts";
import { PPM } from "../../kernel/rate.ts";
import type { VolumeMode } from "../../programs/index.ts";
import type { TrueUpPeriod } from "./true-up-period.ts";

const PERIOD: TrueUpPeriod = { periodStart: "2024-02-01", periodEnd: "2024-02-29", windowStart: "2024-01-01" };
const STEPS = [
  { from: 5_000n, ratePpm: 12_345n },
  { from: 20_000n, ratePpm: 33_333n },
  { from: 60_000n, ratePpm: 70_001n },
];

const payment = fc.record({
  /** From 1 January on: before, in and after the period. */
  day: fc.integer({ min: 0, max: 70 }),
  amount: fc.bigInt({ min: 10n, max: 30_000n }),
  taxPercent: fc.integer({ min: 0, max: 30 }),
  /** What is refunded of it, in parts, of a hundred. */
  refunds: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
  /** Whether the period is settled after it, and after its refunds. */
  isSettled: fc.tuple(fc.boolean(), fc.boolean()),
});
type Payment = typeof payment extends fc.Arbitrary<infer One> ? One : never;

const dateOf = (day: number): Date => new Date(Date.UTC(2024, 0, 1, 6) + day * 86_400_000);
const round = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator);

function booksOf(mode: VolumeMode, payments: readonly Payment[], settlements: number) {
  const terms = termsOfTier("tier2", {
    volumeTrueUp: { period: "rolling", windowDays: 60, mode, steps: STEPS },
    volumeBonuses: [],
  });
  const sequence = recordedSequence();
  sequence.approve();
  sequence.convert("ann", terms.id);
  const settle = () => sequence.trueUp("2024-03-15T00:00:00Z", terms.id, PERIOD);
  for (const [index, { day, amount, taxPercent, refunds, isSettled }] of payments.entries()) {
    sequence.pay("ann", idOf(index), dateOf(day).toISOString(), { amount, tax: (amount * BigInt(taxPercent)) / 100n });
    if (isSettled[0]) settle();
    for (const [part, percent] of refunds.entries()) {
      sequence.refund(
        "ann",
        idOf(index),
        `${idOf(index)} ${part}`,
        "2024-03-14T00:00:00Z",
        (amount * BigInt(percent)) / 100n || 1n,
      );
    }
    if (isSettled[1]) settle();
  }
  for (let count = 0; count < settlements; count += 1) settle();
  return { one: () => assessBatch(emptyBooks(), sequence.events, [terms]), events: sequence.events, terms };
}
const idOf = (index: number): string => `payment ${String(index).padStart(3, "0")}`;

/** What the period's volume should earn, reckoned from the payments alone and by other formulas. */
function expected(mode: VolumeMode, payments: readonly Payment[]): bigint {
  const left = payments
    .map(({ day, amount, taxPercent, refunds }, index) => {
      const base = amount - (amount * BigInt(taxPercent)) / 100n;
      const back = refunds.reduce((sum, percent) => sum + ((amount * BigInt(percent)) / 100n || 1n), 0n);
      const refunded = back < amount ? back : amount;
      return { day, index, base: base - round(base * refunded, amount) };
    })
    .filter(({ day }) => day < 60)
    .toSorted((a, b) => a.day - b.day || a.index - b.index);
  const before = left.filter(({ day }) => day < 31).reduce((sum, { base }) => sum + base, 0n);
  const inPeriod = left.filter(({ day }) => day >= 31);
  const total = inPeriod.reduce((sum, { base }) => sum + base, before);
  const rateAt = (volume: bigint) => STEPS.filter(({ from }) => volume >= from).reduce((_, step) => step.ratePpm, 0n);
  if (mode === "retroactive") return round((total - before) * rateAt(total), PPM);
  if (mode === "prospective") {
    let [reached, product] = [before, 0n];
    for (const { base } of inPeriod) {
      product += base * rateAt(reached);
      reached += base;
    }
    return round(product, PPM);
  }
  // What each step adds to the one before, on all that lies above it.
  const upTo = (volume: bigint) =>
    STEPS.reduce((sum, { from, ratePpm }, index) => {
      const above = volume > from ? volume - from : 0n;
      return sum + above * (ratePpm - (STEPS[index - 1]?.ratePpm ?? 0n));
    }, 0n);
  return round(upTo(total) - upTo(before), PPM);
}

const sumOf = ({ outcomes }: Pick<ReturnType<typeof assessBatch>, "outcomes">): bigint =>
  outcomes.reduce(
    (sum, one) =>
      "commission" in one && one.commission.rule.startsWith("true_up") ? sum + one.commission.amount : sum,
    0n,
  );

describe.each(["graduated", "prospective", "retroactive"] as const)("the true-ups of a period, %s", (mode) => {
  const payments = fc.array(payment, { minLength: 1, maxLength: 12 });

  it("sum to what the rate on the whole period's volume gives, to the unit, however often and between whatever it is settled", () => {
    let paid = 0;
    fc.assert(
      fc.property(payments, (given) => {
        const sum = sumOf(booksOf(mode, given, 1).one());
        paid += Number(sum > 0n);
        expect(sum).toBe(expected(mode, given));
      }),
      { numRuns: 300 },
    );
    expect(paid).toBeGreaterThan(100);
  });

  it("are the same settled twice, event by event or in one batch, and no commission has less than nothing left", () => {
    fc.assert(
      fc.property(payments, (given) => {
        const { one, events, terms } = booksOf(mode, given, 2);
        const whole = one();
        const last = whole.receipts.at(-1)?.clauses.map(({ reason }) => reason);
        expect(["unchanged", "below_first_step"]).toContain(last?.[0]);
        let books = emptyBooks();
        for (const event of events) books = assessBatch(books, [event], [terms]);
        expect(books.outcomes).toEqual(whole.outcomes);
        for (const { amount, reversed } of books.facts.commissions.values())
          expect(reversed >= 0n && reversed <= amount).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
