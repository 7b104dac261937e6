import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  BETTER,
  type Books,
  clientsOf,
  commissionOn,
  customerOf,
  earnings,
  emptyBooks,
  partnerWith,
  reasons,
  receiptOf,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { EngineEvent } from "./engine-event.ts";

const STRICT = termsOfTier("tier1", { id: "strict", qualifyingMinimum: 5_000n });
const signupsOf = (books: Books): string[] => earnings(books).filter((row) => row.startsWith("signup"));
const world = () => partnerWith(AFFILIATE, STRICT);

describe("a re-assessment from a date", () => {
  it("leaves a customer that an earlier payment qualified, counted, with its bonus, and says that nothing differs", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const act = sequence.reassess(at("2024-06-01"), "strict", "strict", { from: at("2024-04-01") });
    const books = sequence.run();
    expect(reasons(books, act)).toEqual(["correction nothing: nothing_differs"]);
    expect(clientsOf(books)).toBe(1);
    expect(customerOf(books)?.qualification).toMatchObject({ paymentId: "p1" });
  });

  it("reaches what is dated at that very instant", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.reassess(at("2024-06-01"), "up", "better", { from: at("2024-03-01") });
    expect(earnings(sequence.run()).slice(2)).toEqual([
      "recurring (up) 50 USD",
      "signup.reversal (up) -5000 USD",
      "signup (up) 7000 USD",
    ]);
  });

  it("does not tie a customer to a payment that is dated before it", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.pay("ann", "p0", at("2024-01-10"), { amount: 1_000n });
    sequence.reassess(at("2024-06-01"), "again", undefined, { from: at("2024-02-01") });
    const books = sequence.run();
    expect(customerOf(books)?.qualification).toMatchObject({ paymentId: "p1", at: new Date(at("2024-03-01")) });
  });

  it("leaves which payment was lost as it is: a chargeback of another that is won gives back no bonus", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.pay("ann", "p0", at("2023-12-01"), { amount: 1_000n });
    sequence.refund("ann", "p1", "r", at("2024-01-05"), 1_000n);
    sequence.chargeBack("ann", "p0", "cb", at("2024-02-05"), 1_000n);
    const act = sequence.reassess(at("2024-06-01"), "late", undefined, { from: at("2024-03-01") });
    const won = sequence.winChargeback("ann", "cb", "won", at("2024-06-02"), 1_000n);
    const books = sequence.run();
    expect(reasons(books, act)).toEqual(["correction nothing: nothing_differs"]);
    expect(reasons(books, won)).toEqual(["reversal restored: given_back"]);
  });
});

describe("a signup of which a person took more than other terms give", () => {
  it("is taken back and none is earned, once: there is no commission of nothing", () => {
    const sequence = partnerWith(BETTER);
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.adjustByHand(commissionOn(sequence.run(), "p1", "signup").id, -6_000n, at("2024-03-05"));
    sequence.reassess(at("2024-06-01"), "down", AFFILIATE.id);
    const again = sequence.reassess(at("2024-06-02"), "again", AFFILIATE.id);
    const books = sequence.run();
    expect(signupsOf(books)).toEqual([
      "signup 7000 USD",
      "signup.adjustment -6000 USD",
      "signup.reversal (down) -1000 USD",
    ]);
    expect(reasons(books, again)).toEqual(["correction nothing: nothing_differs"]);
    expect(clientsOf(books)).toBe(1);
  });
});

describe("what is paid", () => {
  it("and right is no matter of the receipt", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const paid = [...sequence.run().facts.commissions.keys()];
    const act = sequence.reassess(at("2024-06-01"), "again", undefined, { paid });
    expect(reasons(sequence.run(), act)).toEqual(["correction nothing: nothing_differs"]);
  });

  it("and differs is named on the receipt, with what it is less or more", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const before = sequence.run();
    const [recurring, signup] = [commissionOn(before, "p1", "recurring"), commissionOn(before, "p1", "signup")];
    const act = sequence.reassess(at("2024-06-01"), "up", "better", { paid: [recurring.id, signup.id] });
    const left = { clause: "correction", outcome: "nothing", reason: "paid", currency: "USD" };
    expect(receiptOf(sequence.run(), act).clauses).toEqual([
      { ...left, rule: "recurring", commissionId: recurring.id, amount: 50n },
      { ...left, rule: "signup", commissionId: signup.id, amount: 2_000n },
    ]);
  });

  it("by a commission beside a bonus holds no bonus: that is replaced", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const paid = [commissionOn(sequence.run(), "p1", "recurring").id];
    sequence.reassess(at("2024-06-01"), "up", "better", { paid });
    expect(earnings(sequence.run()).slice(2)).toEqual(["signup.reversal (up) -5000 USD", "signup (up) 7000 USD"]);
  });

  it("of what a person added to a bonus holds the bonus: both stand", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.adjustByHand(commissionOn(sequence.run(), "p1", "signup").id, 300n, at("2024-04-01"));
    const added = [...sequence.run().facts.commissions.values()].find(({ amount }) => amount === 300n);
    const act = sequence.reassess(at("2024-06-01"), "up", "better", { paid: [String(added?.id)] });
    const books = sequence.run();
    expect(signupsOf(books)).toEqual(["signup 5000 USD", "signup 300 USD"]);
    expect(reasons(books, act)).toContain("correction nothing: paid");
  });

  it("of a customer that left and came back holds nothing of what it earns anew", () => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const history = sequence.events.filter(({ kind }) => kind === "payment");
    const paid = [commissionOn(sequence.run(), "p1", "signup").id];
    sequence.depart("ann", at("2024-05-01"), ["p1"]);
    const arrival = sequence.arrive("ann again", at("2024-05-02"), {
      act: "back",
      termsId: AFFILIATE.id,
      convertedAt: "2020-01-02T00:00:00Z",
      isVerificationOpen: false,
      isHeld: false,
      isSettled: true,
      isSignupTaken: false,
      history: ["p1"],
      moved: ["p1"],
    });
    sequence.reassess(at("2024-06-01"), "up", "better", { paid });
    const empty = emptyBooks();
    const facts = { ...empty.facts, histories: new Map([[arrival.id, history]]) };
    const books = assessBatch({ ...empty, facts }, sequence.events, [AFFILIATE, BETTER]);
    expect(signupsOf(books).slice(1)).toEqual([
      "signup.reattribution -5000 USD",
      "signup (back) 5000 USD",
      "signup.reversal (up) -5000 USD",
      "signup (up) 7000 USD",
    ]);
  });
});

describe("a customer that a re-assessment ties to an earlier payment", () => {
  const tied = (paid: (books: Books) => string[]) => {
    const sequence = world();
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.pay("ann", "p0", at("2024-01-10"), { amount: 1_000n });
    sequence.reassess(at("2024-06-01"), "again", undefined, { paid: paid(sequence.run()) });
    return sequence;
  };

  it.each([
    ["is not paid", () => []],
    ["is paid", (books: Books) => [commissionOn(books, "p1", "signup").id]],
  ])("loses its bonus with that payment, and earns one anew by the next, also where the first %s", (_, paid) => {
    const sequence = tied(paid);
    sequence.chargeBack("ann", "p0", "cb", at("2024-06-02"), 1_000n);
    expect(signupsOf(sequence.run())).toEqual(["signup 5000 USD", "signup.reversal -5000 USD"]);
    sequence.pay("ann", "p2", at("2024-06-03"), { amount: 1_000n });
    const books = sequence.run();
    expect(signupsOf(books)).toEqual(["signup 5000 USD", "signup.reversal -5000 USD", "signup 5000 USD"]);
    expect(customerOf(books)).toMatchObject({ isSignupTaken: false, qualification: { paymentId: "p2" } });
  });
});

describe("a bonus that the limit of the programme withheld by an earlier payment", () => {
  it("is no reason to take back and withhold another that was earned since: that is replaced by the right one", () => {
    const { events, pay, refund, reassess } = world();
    pay("ann", "p1", at("2024-01-10"), { amount: 1_000n });
    const under: readonly EngineEvent[] = [...events];
    const empty = emptyBooks();
    const limited = { ...empty.facts.spend, limits: new Map([["USD", 1_000n]]) };
    const before = assessBatch({ ...empty, facts: { ...empty.facts, spend: limited } }, under, [AFFILIATE]);
    expect(signupsOf(before)).toEqual([]);
    refund("ann", "p1", "r", at("2024-01-12"), 1_000n);
    pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    reassess(at("2024-06-01"), "up", "better");
    const spend = { ...before.facts.spend, limits: new Map() };
    const books = assessBatch({ ...before, facts: { ...before.facts, spend } }, events.slice(under.length), [
      AFFILIATE,
      BETTER,
    ]);
    expect(signupsOf(books)).toEqual(["signup 5000 USD", "signup.reversal (up) -5000 USD", "signup (up) 7000 USD"]);
  });
});

describe("a re-assessment at a partner with true-ups", () => {
  it("needs none of the terms that they were settled under", () => {
    const sequence = recordedSequence();
    sequence.approve();
    sequence.convert("ann", AFFILIATE.id);
    sequence.pay("ann", "p1", at("2024-01-10"), { amount: 1_000n });
    const period = { periodStart: "2024-01-01", periodEnd: "2024-01-31", windowStart: "2024-01-01" };
    sequence.trueUp(at("2024-02-01"), "gone", period);
    const settled = assessBatch(emptyBooks(), sequence.events, [AFFILIATE, { ...AFFILIATE, id: "gone" }]);
    const act = sequence.reassess(at("2024-06-01"), "again");
    const books = assessBatch(settled, [act], [AFFILIATE]);
    expect(reasons(books, act)).toEqual(["correction nothing: nothing_differs"]);
  });
});
