import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assessBatch,
  at,
  clause,
  earnings,
  emptyBooks,
  late,
  partnerWith,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { EarningCaps, Terms } from "../../programs/index.ts";
import type { EngineEvent } from "./engine-event.ts";

const capsOf = (caps: Partial<Record<keyof EarningCaps, bigint>>): Pick<Terms, "caps"> => ({
  caps: {
    commission: new Map(caps.commission === undefined ? [] : [["USD", caps.commission]]),
    customer: new Map(caps.customer === undefined ? [] : [["USD", caps.customer]]),
    month: new Map(caps.month === undefined ? [] : [["USD", caps.month]]),
  },
});
/** 10 % and no signup bonus, so that figures are easy to see. */
const capped = (caps: Parameters<typeof capsOf>[0], changes: Partial<Terms> = {}) =>
  termsOfTier("tier1", { id: "capped", signupBonus: 0n, ...capsOf(caps), ...changes });

describe("a cap", () => {
  it("of a commission cuts each one, and the receipt says before and after", () => {
    const sequence = partnerWith(capped({ commission: 500n }));
    const large = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    sequence.pay("ann", "p2", at("2024-01-02"), { amount: 5_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 500 USD", "recurring 500 USD"]);
    expect(clause(books, large, "recurring")).toMatchObject({
      outcome: "earned",
      reason: "capped",
      product: "1000",
      uncapped: 1_000n,
      amount: 500n,
      caps: [{ cap: "commission", limit: 500n, earned: 0n, left: 500n }],
    });
  });

  it("of a customer leaves the last commission what is left, and later ones nothing", () => {
    const sequence = partnerWith(capped({ customer: 1_500n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    sequence.pay("ann", "p2", at("2024-02-01"), { amount: 10_000n });
    const none = sequence.pay("ann", "p3", at("2024-03-01"), { amount: 10_000n });
    sequence.convert("bob", "capped");
    sequence.pay("bob", "p4", at("2024-03-01"), { amount: 10_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 1000 USD", "recurring 500 USD", "recurring 1000 USD"]);
    expect(clause(books, none, "recurring")).toMatchObject({
      outcome: "nothing",
      reason: "cap_reached",
      uncapped: 1_000n,
    });
  });

  it("of a month goes by the date of the event in the plan's time zone, over all customers", () => {
    const sequence = partnerWith(capped({ month: 1_500n }, { timeZone: "America/New_York" }));
    sequence.convert("bob", "capped");
    sequence.pay("ann", "p1", "2024-02-01T04:59:59Z", { amount: 10_000n }); // January in New York
    sequence.pay("bob", "p2", "2024-02-01T05:00:00Z", { amount: 10_000n });
    sequence.pay("ann", "p3", at("2024-02-20"), { amount: 10_000n });
    sequence.pay("bob", "p4", at("2024-01-20"), { amount: 10_000n });
    expect(earnings(sequence.run())).toEqual([
      "recurring 1000 USD",
      "recurring 1000 USD",
      "recurring 500 USD",
      "recurring 500 USD",
    ]);
  });

  it("binds volume and shares too, never a signup bonus, and no currency that it does not name", () => {
    const terms = capped(
      { customer: 1_000n },
      { signupBonus: 5_000n, transactionRatePpm: 100_000n, revenueSharePpm: 100_000n },
    );
    const sequence = partnerWith(terms);
    sequence.spend("ann", "c1", at("2024-01-01"), { amount: 4_000n, revenue: 2_000n });
    sequence.pay("ann", "p1", at("2024-01-02"), { amount: 3_000n });
    sequence.pay("ann", "p2", at("2024-01-03"), { amount: 3_000n, currency: "EUR" });
    expect(earnings(sequence.run())).toEqual([
      "transaction 400 USD",
      "share 200 USD",
      "signup 5000 USD",
      "recurring 300 USD",
      "share 100 USD",
      "recurring 300 EUR",
      "share 300 EUR",
    ]);
  });

  it("has no room freed by a refund, so that a chargeback that is won cannot lift what stands above it", () => {
    const sequence = partnerWith(capped({ customer: 1_000n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 20_000n });
    sequence.chargeBack("ann", "p1", "cb", at("2024-03-02"), 20_000n);
    sequence.pay("ann", "p2", at("2024-03-03"), { amount: 20_000n });
    sequence.winChargeback("ann", "cb", "won", at("2024-03-04"), 20_000n);
    expect(earnings(sequence.run())).toEqual([
      "recurring 1000 USD",
      "recurring.reversal -1000 USD",
      "recurring.restoration 1000 USD",
    ]);
  });

  it("is refunded in proportion to what was earned, not to what would have been", () => {
    const sequence = partnerWith(capped({ commission: 500n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    sequence.refund("ann", "p1", "r1", at("2024-01-02"), 3_333n);
    sequence.refund("ann", "p1", "r2", at("2024-01-03"), 6_667n);
    expect(earnings(sequence.run())).toEqual([
      "recurring 500 USD",
      "recurring.reversal -167 USD",
      "recurring.reversal -333 USD",
    ]);
  });

  it("that cuts a sale which arrives late says so, where something of a later date had its room", () => {
    const sequence = partnerWith(capped({ customer: 1_500n, month: 9_000n }));
    const [first, second] = [
      sequence.pay("ann", "p2", at("2024-02-02"), { amount: 10_000n }),
      sequence.pay("ann", "p3", at("2024-02-03"), { amount: 10_000n }),
    ];
    const missed = sequence.pay("ann", "p1", at("2024-02-01"), { amount: 10_000n });
    sequence.convert("bob", "capped");
    const inRoom = sequence.pay("bob", "p0", at("2024-01-20"), { amount: 1_000n });
    const books = sequence.run();
    const reasons = [first, second, missed, inRoom].map((event) => late(books, event).includes("would_have_used_room"));
    expect(reasons).toEqual([false, false, true, false]);
  });

  it("counts, after a re-assessment, what the order of dates came to", () => {
    const sequence = partnerWith(capped({ customer: 1_500n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.pay("ann", "p3", at("2024-03-01"), { amount: 20_000n });
    sequence.pay("ann", "p2", at("2024-02-01"), { amount: 10_000n });
    sequence.reassess(at("2024-04-01"), "again");
    sequence.pay("ann", "p4", at("2024-04-02"), { amount: 20_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual([
      "recurring 100 USD",
      "recurring 1400 USD",
      "recurring (again) 1000 USD",
      "recurring.adjustment (again) -1000 USD",
    ]);
    expect([...books.facts.caps.values()].map(({ earned }) => earned)).toEqual([1_500n]);
  });

  it("gives no room, in a re-assessment, to what a rejected customer does not earn", () => {
    const sequence = partnerWith(capped({ month: 1_000n }));
    sequence.convert("bob", "capped");
    sequence.reject("ann", at("2024-01-20"));
    sequence.pay("bob", "p2", at("2024-01-25"), { amount: 10_000n });
    sequence.pay("ann", "p1", at("2024-01-10"), { amount: 10_000n });
    sequence.reassess(at("2024-06-02"), "again");
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 1000 USD"]);
    expect([...books.facts.caps.values()].map(({ earned }) => earned)).toEqual([1_000n]);
  });

  it("keeps, through a re-assessment, the room of what a rejection leaves as it is", () => {
    const sequence = partnerWith(capped({ month: 1_500n }));
    sequence.convert("bob", "capped");
    sequence.pay("ann", "p1", at("2024-01-20"), { amount: 10_000n });
    sequence.pay("bob", "p2", at("2024-01-10"), { amount: 10_000n });
    sequence.reject("ann", at("2024-06-01"));
    const act = sequence.reassess(at("2024-06-02"), "again");
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 1000 USD", "recurring 500 USD"]);
    expect(clause(books, act, "correction")).toMatchObject({ reason: "nothing_differs" });
    expect([...books.facts.caps.values()].map(({ earned }) => earned)).toEqual([1_500n]);
  });
});

const step = fc.record({
  kind: fc.constantFrom("pay", "pay", "pay", "spend", "refund", "chargeback", "won", "reassess", "reject"),
  customer: fc.constantFrom("ann", "bob"),
  day: fc.integer({ min: 0, max: 90 }),
  amount: fc.bigInt({ min: 0n, max: 30_000n }),
  pick: fc.nat(),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

type Acts = { readonly reassessed?: boolean; readonly rejected?: boolean };

function sequenceOf(steps: readonly Step[], acts: Acts): EngineEvent[] {
  const sequence = recordedSequence();
  sequence.approve();
  for (const customer of ["ann", "bob"]) sequence.convert(customer, "capped", "2024-01-01T00:00:00Z");
  const originals: { id: string; customer: string }[] = [];
  const chargebacks: { id: string; customer: string }[] = [];
  for (const [index, { kind, customer, day, amount, pick }] of steps.entries()) {
    const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString();
    const id = `${kind} ${index}`;
    const original = originals[pick % (originals.length || 1)];
    const chargeback = chargebacks[pick % (chargebacks.length || 1)];
    if (kind === "pay" || kind === "spend") {
      sequence[kind](customer, id, date, { amount, tax: amount / 9n, revenue: amount / 3n });
      originals.push({ id, customer });
    } else if (kind === "refund" && original) sequence.refund(original.customer, original.id, id, date, amount + 1n);
    else if (kind === "chargeback" && original) {
      sequence.chargeBack(original.customer, original.id, id, date, amount + 1n);
      chargebacks.push({ id, customer: original.customer });
    } else if (kind === "won" && chargeback)
      sequence.winChargeback(chargeback.customer, chargeback.id, id, date, amount + 1n);
    else if (kind === "reject" && pick % 4 === 0 && acts.rejected) sequence.reject(customer, date, pick % 2 === 0);
    else if (kind === "reassess" && acts.reassessed) sequence.reassess(date, id);
  }
  return sequence.events;
}

const limits = fc.record({
  commission: fc.option(fc.bigInt({ min: 0n, max: 2_000n }), { nil: undefined }),
  customer: fc.option(fc.bigInt({ min: 0n, max: 4_000n }), { nil: undefined }),
  month: fc.option(fc.bigInt({ min: 0n, max: 4_000n }), { nil: undefined }),
});
type Limits = typeof limits extends fc.Arbitrary<infer One> ? One : never;
const termsUnder = ({ commission, customer, month }: Limits): Terms =>
  capped(
    {
      ...(commission === undefined ? {} : { commission }),
      ...(customer === undefined ? {} : { customer }),
      ...(month === undefined ? {} : { month }),
    },
    { transactionRatePpm: 50_000n, revenueSharePpm: 30_000n, recurringDuration: null },
  );
const steps = fc.array(step, { maxLength: 30, size: "max" });
const FAR = 1n << 62n;

describe("whatever is recorded, refunded and won back, in whatever order", () => {
  it("nothing is earned above a cap, and no refund takes more or less than what was earned", () => {
    let cut = 0;
    fc.assert(
      fc.property(steps, limits, (given, caps) => {
        const books = assessBatch(emptyBooks(), sequenceOf(given, { rejected: true }), [termsUnder(caps)]);
        const earned = [...books.facts.commissions.values()];
        const sums = new Map<string, bigint>();
        for (const { rule, amount, reversed, referralId, occurredAt } of earned) {
          if (rule === "signup") continue;
          expect(reversed >= 0n && reversed <= amount && amount <= (caps.commission ?? FAR)).toBe(true);
          const month = occurredAt.toISOString().slice(0, 7);
          for (const key of [`of ${referralId}`, month]) sums.set(key, (sums.get(key) ?? 0n) + amount);
        }
        for (const [key, sum] of sums)
          expect(sum <= ((key.startsWith("of") ? caps.customer : caps.month) ?? FAR)).toBe(true);
        // What is counted is what was earned, to the unit.
        for (const { cap, scope, earned: counted } of books.facts.caps.values())
          expect(counted).toBe(sums.get(cap === "customer" ? `of ${scope}` : scope.slice(0, 7)));
        cut += books.receipts.flatMap(({ clauses }) => clauses).filter(({ reason }) => reason === "capped").length;
      }),
      { numRuns: 300 },
    );
    expect(cut).toBeGreaterThan(0);
  });

  it("no re-assessment lets more stand than a cap, also where customers were rejected before it", () => {
    let kept = 0;
    fc.assert(
      fc.property(steps, limits, (given, caps) => {
        const books = assessBatch(emptyBooks(), sequenceOf(given, { reassessed: true, rejected: true }), [
          termsUnder(caps),
        ]);
        const sums = new Map<string, bigint>();
        for (const { rule, amount, referralId, occurredAt, transactionId } of books.facts.commissions.values()) {
          if (rule === "signup") continue;
          kept += books.facts.referrals.get(referralId ?? "")?.isRejected ? 1 : 0;
          const month = occurredAt.toISOString().slice(0, 7);
          for (const key of [`customer ${referralId}`, `month ${month}`, `commission ${transactionId} ${rule}`])
            sums.set(key, (sums.get(key) ?? 0n) + amount);
        }
        for (const [key, sum] of sums) {
          const cap = caps[key.split(" ")[0] as keyof Limits];
          expect(sum <= (cap ?? FAR)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    expect(kept).toBeGreaterThan(0);
  });

  it("a batch that is cut anywhere gives what one batch gives, caps included", () => {
    fc.assert(
      fc.property(steps, limits, fc.nat(), fc.boolean(), (given, caps, cut, isReassessed) => {
        const [events, terms] = [
          sequenceOf(given, { reassessed: isReassessed, rejected: !isReassessed }),
          [termsUnder(caps)],
        ];
        const place = cut % (events.length + 1);
        const whole = assessBatch(emptyBooks(), events, terms);
        const parts = assessBatch(assessBatch(emptyBooks(), events.slice(0, place), terms), events.slice(place), terms);
        expect(parts.outcomes).toEqual(whole.outcomes);
        expect(parts.receipts).toEqual(whole.receipts);
        expect(parts.facts.caps).toEqual(whole.facts.caps);
      }),
      { numRuns: 200 },
    );
  });

  it("after a re-assessment what stands of a customer is what the order of dates gives, under the same caps", () => {
    fc.assert(
      fc.property(steps, limits, (given, caps) => {
        const events = sequenceOf(given, {});
        const terms = [termsUnder(caps)];
        const last = { kind: "reassessment", id: "last", partnerId: "partner", referralId: null, number: FAR } as const;
        const act = { ...last, occurredAt: new Date("2025-01-01T00:00:00Z"), data: { act: "last" } };
        const corrected = assessBatch(assessBatch(emptyBooks(), events, terms), [act], terms);
        const again = assessBatch(
          corrected,
          [{ ...act, id: "once more", number: FAR + 1n, data: { act: "once more" } }],
          terms,
        );
        expect(again.outcomes).toEqual(corrected.outcomes);
        const standing = [...corrected.facts.commissions.values()].filter(({ rule }) => rule !== "signup");
        for (const { cap, scope, earned } of corrected.facts.caps.values()) {
          const counted = standing.filter(({ referralId, occurredAt }) =>
            cap === "customer" ? referralId === scope : occurredAt.toISOString().startsWith(scope.slice(0, 7)),
          );
          expect(counted.reduce((sum, { amount }) => sum + amount, 0n)).toBe(earned);
        }
      }),
      { numRuns: 200 },
    );
  });
});
