import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assessBatch,
  at,
  type Books,
  clause,
  customerOf,
  earnings,
  emptyBooks,
  partnerWith,
  recordedSequence,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { EngineEvent } from "./engine-event.ts";
import type { Outcome } from "./outcome.ts";
import { NO_LIMIT } from "./spend-facts.ts";

const TERMS = termsOfTier("tier1", { id: "plain", signupBonus: 0n, recurringDuration: null });
const WITH_SIGNUP = termsOfTier("tier1", { id: "signup", signupBonus: 5_000n });

/** Books in which all partners together may earn so much of a month. */
const limitedTo = (usd: bigint): Books => {
  const { facts, ...books } = emptyBooks();
  return { ...books, facts: { ...facts, spend: { ...NO_LIMIT, limits: new Map([["USD", usd]]) } } };
};
const spent = ({ facts }: Books) => Object.fromEntries([...facts.spend.spent].map(([key, one]) => [key, one.spent]));

describe("the limit of a programme", () => {
  it("cuts the last commission of a month to what is left; what comes after earns nothing, in that month alone", () => {
    const sequence = partnerWith(TERMS);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    const cut = sequence.pay("ann", "p2", at("2024-01-02"), { amount: 10_000n });
    const none = sequence.pay("ann", "p3", at("2024-01-31"), { amount: 10_000n });
    sequence.pay("ann", "p4", at("2024-02-01"), { amount: 10_000n });
    sequence.pay("ann", "p5", at("2024-01-03"), { amount: 10_000n, currency: "EUR" });
    const books = assessBatch(limitedTo(1_500n), sequence.events, [TERMS]);
    expect(earnings(books)).toEqual([
      "recurring 1000 USD",
      "recurring 500 USD",
      "recurring 1000 USD",
      "recurring 1000 EUR",
    ]);
    expect(clause(books, cut, "recurring")).toMatchObject({
      reason: "spend_limited",
      uncapped: 1_000n,
      amount: 500n,
      spendLimit: { limit: 1_500n, spent: 1_000n, left: 500n },
    });
    expect(clause(books, none, "recurring")).toMatchObject({ outcome: "nothing", reason: "spend_limit_reached" });
    expect(spent(books)).toEqual({ "2024-01-01 USD": 1_500n, "2024-02-01 USD": 1_000n });
  });

  it("gives a signup bonus as a whole or not at all; the customer is qualified and counts all the same", () => {
    const sequence = partnerWith(WITH_SIGNUP);
    const first = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    const books = assessBatch(limitedTo(4_999n), sequence.events, [WITH_SIGNUP]);
    expect(rowsOf(books)).toEqual(["qualified ann", "recurring 1000 USD"]);
    expect(clause(books, first, "signup")).toMatchObject({ outcome: "nothing", reason: "spend_limit_reached" });
    expect(customerOf(books)?.qualification).toMatchObject({ isSettled: true, signupId: null });
  });

  it("takes what the caps of the plan leave, and caps count what it leaves", () => {
    const caps = { commission: new Map(), customer: new Map([["USD", 900n]]), month: new Map() };
    const capped = { ...TERMS, id: "capped", caps };
    const sequence = partnerWith(capped);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    sequence.pay("ann", "p2", at("2024-02-02"), { amount: 10_000n });
    const books = assessBatch(limitedTo(500n), sequence.events, [capped]);
    expect(earnings(books)).toEqual(["recurring 500 USD", "recurring 400 USD"]);
  });

  it("has no room freed by a refund, and a refund takes back what was earned", () => {
    const sequence = partnerWith(TERMS);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 20_000n });
    sequence.refund("ann", "p1", "r1", at("2024-01-02"), 20_000n);
    sequence.pay("ann", "p2", at("2024-01-03"), { amount: 20_000n });
    const books = assessBatch(limitedTo(1_500n), sequence.events, [TERMS]);
    expect(earnings(books)).toEqual(["recurring 1500 USD", "recurring.reversal -1500 USD"]);
  });

  it("is not given out anew by a re-assessment: what it cut stays cut", () => {
    const sequence = partnerWith(TERMS);
    sequence.pay("ann", "p1", at("2024-01-02"), { amount: 10_000n });
    sequence.pay("ann", "p2", at("2024-01-01"), { amount: 10_000n });
    sequence.reassess(at("2024-03-01"), "again");
    const books = assessBatch(limitedTo(1_200n), sequence.events, [TERMS]);
    expect(earnings(books)).toEqual(["recurring 1000 USD", "recurring 200 USD"]);
  });

  it("withholds a signup bonus for good: no re-assessment gives it out by tying the customer to another payment", () => {
    const terms = { ...WITH_SIGNUP, recurringRatePpm: 0n };
    const sequence = partnerWith(terms);
    sequence.pay("ann", "p1", at("2024-01-10"), { amount: 4_000n });
    sequence.pay("ann", "p2", at("2024-01-05"), { amount: 4_000n });
    sequence.reassess(at("2024-03-01"), "again");
    const books = assessBatch(limitedTo(1_000n), sequence.events, [terms]);
    expect(customerOf(books)?.qualification).toMatchObject({ paymentId: "p2", signupId: null });
    expect(earnings(books)).toEqual([]);
  });
});

const sale = fc.record({
  kind: fc.constantFrom("pay", "pay", "spend", "refund"),
  partner: fc.constantFrom("one", "two"),
  day: fc.integer({ min: 0, max: 60 }),
  amount: fc.bigInt({ min: 1n, max: 30_000n }),
  pick: fc.nat(),
});
type Sale = typeof sale extends fc.Arbitrary<infer One> ? One : never;
const EARNING = { ...TERMS, transactionRatePpm: 100_000n, signupBonus: 700n };

/** What two partners recorded, in the order in which it was. */
function recordedOf(sales: readonly Sale[]): EngineEvent[] {
  const sequences = { one: recordedSequence("one"), two: recordedSequence("two") };
  const order: EngineEvent[] = [];
  const originals = { one: [] as string[], two: [] as string[] };
  for (const [partner, sequence] of Object.entries(sequences)) {
    order.push(sequence.approve(), sequence.convert(`ann of ${partner}`, EARNING.id, "2024-01-01T00:00:00Z"));
  }
  for (const [index, { kind, partner, day, amount, pick }] of sales.entries()) {
    const [sequence, id] = [sequences[partner], `${kind} ${index}`];
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString();
    const original = originals[partner][pick % (originals[partner].length || 1)];
    if (kind === "refund") {
      if (original) order.push(sequence.refund(`ann of ${partner}`, original, id, date, amount));
    } else {
      order.push(sequence[kind](`ann of ${partner}`, id, date, { amount }));
      originals[partner].push(id);
    }
  }
  // Acts are named by their place in their own partner's sequence.
  return order.map((event) => ("amount" in event ? event : { ...event, id: `${event.id} of ${event.partnerId}` }));
}

describe("whatever two partners record, in whatever order", () => {
  const runs = fc.array(sale, { maxLength: 25, size: "max" });
  const limit = fc.bigInt({ min: 0n, max: 6_000n });

  it("all that is earned of a month stays within the limit, and is what was counted", () => {
    let cut = 0;
    fc.assert(
      fc.property(runs, limit, (sales, usd) => {
        const books = assessBatch(limitedTo(usd), recordedOf(sales), [EARNING]);
        const sums = new Map<string, bigint>();
        for (const { occurredAt, amount } of books.facts.commissions.values()) {
          const month = occurredAt.toISOString().slice(0, 7);
          sums.set(month, (sums.get(month) ?? 0n) + amount);
        }
        for (const sum of sums.values()) expect(sum <= usd).toBe(true);
        expect(spent(books)).toEqual(Object.fromEntries([...sums].map(([month, sum]) => [`${month}-01 USD`, sum])));
        cut += books.facts.spend.cuts.size;
      }),
      { numRuns: 200 },
    );
    expect(cut).toBeGreaterThan(0);
  });

  it("a replay of one partner alone, with what was cut, gives what was booked", () => {
    fc.assert(
      fc.property(runs, limit, (sales, usd) => {
        const events = recordedOf(sales);
        const books = assessBatch(limitedTo(usd), events, [EARNING]);
        const alone = emptyBooks();
        const replayed = assessBatch(
          { ...alone, facts: { ...alone.facts, spend: { ...NO_LIMIT, cuts: books.facts.spend.cuts } } },
          events.filter(({ partnerId }) => partnerId === "two"),
          [EARNING],
        );
        const isOfTwo = (one: Outcome): boolean => {
          if ("commission" in one) return one.commission.partnerId === "two";
          if ("referralId" in one) return one.referralId === "ann of two";
          return books.facts.commissions.get(one.commissionId)?.partnerId === "two";
        };
        const ofTwo = books.outcomes.filter(isOfTwo);
        expect(replayed.outcomes).toEqual(ofTwo);
      }),
      { numRuns: 200 },
    );
  });
});
