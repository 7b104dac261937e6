import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assessBatch,
  type Books,
  emptyBooks,
  recordedSequence,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import { assess } from "./assess.ts";
import { inDateOrder } from "./date-order.ts";
import type { EngineEvent } from "./engine-event.ts";

const affiliate = termsOfTier("tier1");
const better = termsOfTier("tier1", { id: "better", recurringRatePpm: 150_000n, signupBonus: 7_000n });
const worse = termsOfTier("tier1", { id: "worse", recurringRatePpm: 50_000n, signupBonus: 0n });
const between = termsOfTier("tier1", { id: "between", recurringRatePpm: 120_000n, signupBonus: 7_000n });
const euros = termsOfTier("tier1", { id: "euros", currency: "EUR" });
const revenue = termsOfTier("tier3", { id: "revenue", transactionRatePpm: 1_000n, revenueSharePpm: 400_000n });
const moreRevenue = termsOfTier("tier3", { id: "more", transactionRatePpm: 2_000n, revenueSharePpm: 450_000n });
const volume = termsOfTier("tier2", { id: "volume", volumeBonuses: [{ threshold: 2, bonusPpm: 100_000n }] });
const TERMS = [affiliate, better, worse, between, euros, revenue, moreRevenue, volume];
const clausesOf = (books: Books, { id }: EngineEvent): string[] =>
  (books.receipts.find(({ eventId }) => eventId === id)?.clauses ?? []).map(
    (one) => `${one.clause} ${one.outcome}: ${one.reason}`,
  );
const at = (date: string): string => `${date}T12:00:00Z`;

function world(termsId = affiliate.id) {
  const sequence = recordedSequence();
  sequence.approve();
  for (const customer of ["ann", "bob"]) sequence.convert(customer, termsId);
  const run = (): Books => assessBatch(emptyBooks(), sequence.events, TERMS);
  /** The rows of the last event. */
  const lastRows = (): string[] => {
    const books = run();
    const before = assessBatch(emptyBooks(), sequence.events.slice(0, -1), TERMS);
    return rowsOf(books).slice(rowsOf(before).length);
  };
  return { ...sequence, run, lastRows };
}

describe("a re-assessment", () => {
  it("takes of retroactive terms the ones that were recorded last, also where a slow clock dates them earlier", () => {
    const { terms, pay, reassess, run, lastRows } = world();
    terms("2024-01-01T00:00:00.500Z", better.id, true);
    terms("2024-01-01T00:00:00.000Z", between.id, true);
    pay("ann", "p1", at("2024-01-02"), { amount: 1_000n });
    expect(rowsOf(run())).toContain("recurring 120 USD");
    reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual([]);
  });

  it("corrects nothing where everything arrived in time", () => {
    const { pay, refund, reassess, run } = world();
    pay("ann", "p1", at("2024-01-01"), { amount: 1_177n });
    refund("ann", "p1", "r", at("2024-03-01"), 500n);
    const act = reassess(at("2024-06-01"), "spring");
    const books = run();
    expect(books.receipts.find(({ eventId }) => eventId === act.id)).toMatchObject({
      act: "spring",
      clauses: [{ clause: "correction", outcome: "nothing", reason: "nothing_differs" }],
    });
    expect(books.facts.partners.get("partner")?.clients).toBe(1);
  });

  it("lets the months run from a payment that arrived late, and takes back what they do not cover", () => {
    const { pay, refund, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("ann", "p2", at("2025-02-01"), { amount: 2_000n });
    refund("ann", "p2", "r", at("2025-02-02"), 500n);
    pay("ann", "p0", at("2024-01-01"), { amount: 1_000n });
    reassess(at("2025-06-01"), "spring");
    expect(lastRows()).toEqual(["recurring.restoration (spring) 50 USD", "recurring.adjustment (spring) -200 USD"]);
    expect(run().facts.referrals.get("ann")?.qualification).toMatchObject({
      paymentId: "p0",
      at: new Date(at("2024-01-01")),
    });
  });

  it("raises what would have had a bonus, by a commission of its own that later refunds reach", () => {
    const { pay, refund, reassess, events, lastRows } = world(volume.id);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("bob", "p2", at("2024-02-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual(["recurring (spring) 25 USD", "recurring.adjustment (spring) -25 USD"]);
    refund("ann", "p1", "r", at("2024-07-01"), 1_000n);
    expect(lastRows()).toEqual(["recurring.reversal -250 USD", "recurring.reversal -25 USD"]);
    expect(events).toHaveLength(7);
  });

  it("of an event that was refunded meanwhile corrects the reversal with it", () => {
    const { pay, refund, reassess, lastRows } = world(volume.id);
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    refund("ann", "p1", "r", at("2024-03-20"), 500n);
    pay("bob", "p2", at("2024-02-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual([
      "recurring (spring) 25 USD",
      "recurring.reversal (spring) -13 USD",
      "recurring.adjustment (spring) -25 USD",
    ]);
  });

  it("re-rates the past under the terms that it names, upwards and down, signups too", () => {
    const { pay, reassess, lastRows } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "up", better.id);
    expect(lastRows()).toEqual(["recurring (up) 50 USD", "signup.reversal (up) -5000 USD", "signup (up) 7000 USD"]);
    reassess(at("2024-06-02"), "down", worse.id);
    expect(lastRows()).toEqual([
      "recurring.adjustment (down) -50 USD",
      "recurring.adjustment (down) -50 USD",
      "signup.reversal (down) -7000 USD",
    ]);
    reassess(at("2024-06-03"), "again", worse.id);
    expect(lastRows()).toEqual([]);
  });

  it("replaces a signup, and the one that it earned falls with its payment", () => {
    const { pay, chargeBack, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const act = reassess(at("2024-06-01"), "up", better.id);
    const clauses = run().receipts.find(({ eventId }) => eventId === act.id)?.clauses ?? [];
    expect(clauses.map(({ clause, outcome, reason, amount }) => `${clause} ${outcome}: ${reason} ${amount}`)).toEqual([
      "correction corrected: earned_more 50",
      "reversal reversed: approved -5000",
      "correction corrected: earned_more 7000",
    ]);
    chargeBack("ann", "p1", "cb", at("2024-06-02"), 1_000n);
    expect(lastRows()).toEqual([
      "recurring.reversal -100 USD",
      "recurring.reversal -50 USD",
      "unqualified ann",
      "signup.reversal -7000 USD",
    ]);
  });

  it("corrects nothing where the order of dates comes to the same", () => {
    const { pay, refund, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p1", "r1", at("2024-01-05"), 1_000n);
    pay("ann", "p0", at("2023-12-01"), { amount: 1_000n });
    refund("ann", "p0", "r0", at("2024-02-05"), 1_000n);
    const act = reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual([]);
    expect(run().receipts.find(({ eventId }) => eventId === act.id)?.clauses).toEqual([
      { clause: "correction", outcome: "nothing", reason: "nothing_differs" },
    ]);
  });

  it("keeps a customer qualified through payments that were voided and won back", () => {
    const late = recordedSequence();
    late.approve();
    late.convert("ann", affiliate.id);
    late.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    late.pay("ann", "p0", at("2023-12-01"), { amount: 1_000n });
    late.refund("ann", "p0", "r0", at("2023-12-05"), 1_000n);
    late.chargeBack("ann", "p1", "cb", at("2024-02-01"), 1_000n);
    late.winChargeback("ann", "cb", "won", at("2024-02-02"), 1_000n);
    late.suspend(at("2024-02-03"));
    late.reassess(at("2024-06-01"), "spring");
    const books = assessBatch(emptyBooks(), late.events, TERMS);
    expect(books.facts.referrals.get("ann")?.qualification).toMatchObject({ paymentId: "p1", isSettled: true });
    expect(books.facts.partners.get("partner")?.clients).toBe(1);
  });

  it("takes a signup back that a hold of an earlier date keeps waiting, and unqualifies its customer", () => {
    const sequence = recordedSequence();
    sequence.approve();
    sequence.convert("ann", affiliate.id);
    sequence.pay("ann", "p1", at("2024-01-10"), { amount: 1_000n });
    sequence.holdForFraud("ann", at("2024-01-01"));
    const act = sequence.reassess(at("2024-06-01"), "spring");
    const books = assessBatch(emptyBooks(), sequence.events, TERMS);
    expect(rowsOf(books).slice(3)).toEqual(["signup.reversal (spring) -5000 USD", "unqualified ann"]);
    expect(books.receipts.find(({ eventId }) => eventId === act.id)?.clauses.map(({ outcome }) => outcome)).toEqual([
      "reversed",
      "corrected",
    ]);
    expect(books.facts.partners.get("partner")?.clients).toBe(0);
  });

  it("qualifies anew where the dates have it so: the loss of a payment was recorded after the next one", () => {
    const { pay, refund, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    refund("ann", "p1", "r", at("2024-01-20"), 1_000n);
    expect(run().facts.referrals.get("ann")?.qualification).toBeNull();
    reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual(["signup (spring) 5000 USD", "qualified ann"]);
    expect(run().facts.referrals.get("ann")).toMatchObject({
      qualification: { paymentId: "p2", isSettled: true },
      lostPaymentId: null,
    });
    expect(run().facts.partners.get("partner")?.clients).toBe(1);
  });

  it("leaves what was rejected, or closed by a person, as it is", () => {
    const { pay, reject, closeByHand, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("bob", "p2", at("2024-03-01"), { amount: 1_000n });
    const ids = run().outcomes.flatMap((one) =>
      one.kind === "earned" && one.commission.referralId === "bob" ? [one.commission.id] : [],
    );
    closeByHand(ids, at("2024-03-02"));
    reject("ann", at("2024-03-03"));
    const act = reassess(at("2024-06-01"), "up", better.id);
    expect(lastRows()).toEqual([]);
    expect(clausesOf(run(), act)).toEqual(["correction nothing: nothing_differs"]);
  });

  it("corrects nothing of a rejected customer, not even what had been approved and stands", () => {
    const { pay, reject, reassess, lastRows } = world();
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    reject("ann", at("2024-03-03"));
    reassess(at("2024-06-01"), "up", better.id);
    expect(lastRows()).toEqual([]);
  });

  it("corrects nothing of an event of which a person ended one commission of several", () => {
    const { pay, closeByHand, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "up", better.id);
    const added = run().outcomes.find((one) => one.kind === "earned" && one.commission.rule === "recurring");
    closeByHand(added?.kind === "earned" ? [added.commission.id] : [], at("2024-06-02"));
    reassess(at("2024-06-03"), "down", worse.id);
    expect(lastRows()).toEqual(["signup.reversal (down) -7000 USD"]);
  });

  it("re-rates volume and shares of revenue too", () => {
    const { spend, reassess, lastRows } = world(revenue.id);
    spend("ann", "c1", at("2024-03-01"), { amount: 100_000n, revenue: 1_000n });
    reassess(at("2024-06-01"), "up", moreRevenue.id);
    expect(lastRows()).toEqual(["transaction (up) 100 USD", "share (up) 50 USD"]);
    reassess(at("2024-06-02"), "down", revenue.id);
    expect(lastRows()).toEqual(["transaction.adjustment (down) -100 USD", "share.adjustment (down) -50 USD"]);
  });

  it("lowers what an earlier one added, and leaves the rest alone where that is enough", () => {
    const { pay, refund, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "up", better.id);
    refund("ann", "p1", "r", at("2024-06-02"), 500n);
    const act = reassess(at("2024-06-03"), "less", between.id);
    expect(lastRows()).toEqual(["recurring.restoration (less) 15 USD", "recurring.adjustment (less) -30 USD"]);
    expect(clausesOf(run(), act)).toEqual(["reversal restored: given_back", "correction corrected: earned_less"]);
  });

  it("puts no clause on its receipt for a reversal that stays as it is", () => {
    const { pay, reassess, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const up = reassess(at("2024-06-01"), "up", better.id);
    const less = reassess(at("2024-06-03"), "less", between.id);
    const books = run();
    expect(clausesOf(books, up)[0]).toBe("correction corrected: earned_more");
    expect(clausesOf(books, less)).toEqual(["correction corrected: earned_less"]);
  });

  it("gives a terminated partner nothing for what would have been held, and cancelled with its end", () => {
    const { spend, suspend, terminate, reassess, lastRows } = world();
    suspend(at("2024-03-01"));
    spend("ann", "c1", at("2024-03-02"), { amount: 100_000n });
    terminate(at("2024-03-03"));
    reassess(at("2024-06-01"), "up", moreRevenue.id);
    expect(lastRows()).toEqual([]);
  });

  it("goes on correcting what had left its hold before its suspended partner was terminated", () => {
    const { pay, suspend, terminate, reassess, lastRows } = world();
    suspend(at("2024-03-01"));
    pay("ann", "p1", at("2024-03-02"), { amount: 1_000n });
    terminate(at("2024-05-01"));
    reassess(at("2024-06-01"), "up", better.id);
    expect(lastRows()).toEqual(["recurring (up) 50 USD", "signup.reversal (up) -5000 USD", "signup (up) 7000 USD"]);
  });

  it("replaces a signup of the same figure in another currency", () => {
    const { pay, reassess, lastRows } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "euros", euros.id);
    expect(lastRows()).toEqual(["signup.reversal (euros) -5000 USD", "signup (euros) 5000 EUR"]);
  });

  it("knows which payment was lost, as the dates have it: that one brings the signup back when it is won", () => {
    const { pay, refund, chargeBack, winChargeback, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    pay("ann", "p0", at("2023-12-01"), { amount: 1_000n });
    refund("ann", "p1", "r", at("2024-01-05"), 1_000n);
    chargeBack("ann", "p0", "cb", at("2024-02-05"), 1_000n);
    const act = reassess(at("2024-06-01"), "spring");
    expect(lastRows()).toEqual([]);
    expect(clausesOf(run(), act)).toEqual(["qualification corrected: in_order_of_dates"]);
    winChargeback("ann", "cb", "won", at("2024-06-02"), 1_000n);
    expect(lastRows()).toEqual(["recurring.restoration 100 USD", "qualified ann", "signup 5000 USD"]);
  });

  it("changes no standing of a customer where nothing differs, settled or not", () => {
    const { pay, convert, reassess, events, run } = world();
    convert("cay", affiliate.id, undefined, true);
    for (const customer of ["ann", "cay"]) pay(customer, `p of ${customer}`, at("2024-01-01"), { amount: 1_000n });
    const history = [...events];
    const { facts } = run();
    const act = reassess(at("2024-06-01"), "spring");
    const terms = new Map(TERMS.map((one) => [one.id, one]));
    expect(assess([act], terms, { ...facts, histories: new Map([[act.id, history]]) }).referrals).toEqual([]);
    expect(() => assess([act], terms, facts)).toThrow("a re-assessment is given the history that it re-assesses");
  });
});

describe("the order of dates", () => {
  it("puts acts first, originals before what reverses them, and keeps the recorded order otherwise", () => {
    const sequence = recordedSequence();
    sequence.pay("ann", "p1", at("2024-01-02"), { amount: 1n });
    sequence.winChargeback("ann", "cb", "won", at("2024-01-01"), 1n);
    sequence.refund("ann", "p1", "r", at("2024-01-01"), 1n);
    sequence.chargeBack("ann", "p1", "cb", at("2024-01-01"), 1n);
    sequence.spend("ann", "c", at("2024-01-02"), { amount: 1n });
    sequence.verify("ann", at("2024-01-02"));
    sequence.pay("ann", "p0", at("2023-01-02"), { amount: 1n });
    expect(inDateOrder(sequence.events).map(({ id }) => id)).toEqual([
      "p0",
      "verification 6",
      "p1",
      "c",
      "r",
      "cb",
      "won",
    ]);
  });

  const events = fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 28 }), refundDay: fc.integer({ min: 1, max: 28 }) }),
    { maxLength: 20, size: "max" },
  );
  it("of a re-assessment makes it as if all had arrived in that order", () => {
    fc.assert(
      fc.property(events, (days) => {
        const sequence = world(volume.id);
        for (const [index, { day, refundDay }] of days.entries()) {
          const customer = index % 2 === 0 ? "ann" : "bob";
          sequence.pay(customer, `p${index}`, new Date(Date.UTC(2024, 2, day)).toISOString(), { amount: 1_001n });
          if (refundDay % 3 === 0) {
            sequence.refund(
              customer,
              `p${index}`,
              `r${index}`,
              new Date(Date.UTC(2024, 2, refundDay)).toISOString(),
              333n,
            );
          }
        }
        const inOrder = inDateOrder(sequence.events).map(
          (event, index): EngineEvent => ({ ...event, number: BigInt(index + 1) }),
        );
        sequence.reassess(at("2026-01-01"), "all");
        expect(netByEvent(sequence.run())).toEqual(netByEvent(assessBatch(emptyBooks(), inOrder, TERMS)));
      }),
      { numRuns: 150 },
    );
  });
});

/** What stands of each event's commissions, signups by customer. */
function netByEvent(books: Books): Map<string, bigint> {
  const net = new Map<string, bigint>();
  for (const { transactionId, referralId, rule, amount, reversed, closedBy } of books.facts.commissions.values()) {
    const key = rule === "signup" ? `signup of ${referralId}` : `${rule} of ${transactionId}`;
    const left = closedBy !== null ? 0n : amount - reversed;
    if (left !== 0n) net.set(key, (net.get(key) ?? 0n) + left);
  }
  return new Map([...net].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
