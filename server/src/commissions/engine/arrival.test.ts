import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  BETTER,
  type Books,
  clause,
  clientsOf,
  customerOf,
  emptyBooks,
  late,
  partnerWith,
  reasons,
  recordedSequence,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import { inDateOrder } from "./date-order.ts";
import type { ArrivalData, EngineEvent } from "./engine-event.ts";

const RESELLER = termsOfTier("tier2");
const RAISED = termsOfTier("tier2", { id: "raised", recurringRatePpm: 300_000n });
const GIVEN = "2024-06-01";

/** An affiliate whose customer "ann" is given to a reseller, where she is "ann again". The two sequences are assessed each for itself. */
function scene() {
  const from = partnerWith(AFFILIATE);
  const to = recordedSequence("other");
  to.approve();
  const histories = new Map<string, readonly EngineEvent[]>();
  const give = (moved: readonly string[], data: Partial<ArrivalData> = {}) => {
    const history = from.events.filter((one) => "amount" in one);
    const departed = from.depart("ann", at(GIVEN), moved);
    const arrived = to.arrive("ann again", at(GIVEN), {
      act: "handover",
      termsId: RESELLER.id,
      convertedAt: "2020-01-02T00:00:00Z",
      isVerificationOpen: false,
      isHeld: false,
      isSettled: true,
      isSignupTaken: false,
      history: history.map(({ id }) => id),
      moved,
      ...data,
    });
    histories.set(arrived.id, history);
    return { departed, arrived };
  };
  const runOf = (events: readonly EngineEvent[]): Books => {
    const empty = emptyBooks();
    return assessBatch({ ...empty, facts: { ...empty.facts, histories } }, events, [AFFILIATE, RESELLER, RAISED]);
  };
  return { from, to, give, runFrom: () => runOf(from.events), runTo: () => runOf(to.events) };
}
const clientsThere = (books: Books) => books.facts.partners.get("other")?.clients;
/** The receipt of an event that the arrival assessed again. */
const receiptAgain = (books: Books, id: string) => books.receipts.find(({ eventId }) => eventId === id);
const clausesAgain = (books: Books, id: string) =>
  receiptAgain(books, id)?.clauses.map((one) => `${one.clause} ${one.outcome}: ${one.reason}`);

describe("a customer that departs", () => {
  it("takes along what moves: cancelled while in hold, taken back by a row once approved; what stays is as it was", () => {
    const { from, give, runFrom } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    from.pay("ann", "p2", at("2024-02-01"), { amount: 2_000n });
    from.pay("ann", "p3", at("2024-05-20"), { amount: 3_000n });
    const { departed } = give(["p2", "p3"]);
    const after = from.pay("ann", "p4", at("2024-06-02"), { amount: 4_000n });
    from.refund("ann", "p1", "r", at("2024-06-03"), 500n);
    const books = runFrom();
    expect(rowsOf(books).slice(5)).toEqual([
      "recurring.reattribution -200 USD",
      "cancelled 300",
      "recurring.reversal -50 USD",
    ]);
    expect(reasons(books, departed)).toEqual([
      "standing applies: departure",
      "reversal reversed: approved",
      "reversal cancelled: in_hold",
    ]);
    expect(reasons(books, after)).toEqual(["window nothing: rejected"]);
    expect(clientsOf(books)).toBe(0);
  });
});

describe("a customer that arrives", () => {
  it("brings what moves: earned here under these terms, at the dates of the transactions, by the act of the arrival", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    from.spend("ann", "c1", at("2024-01-02"), { amount: 100_000n });
    from.refund("ann", "p1", "r", at("2024-03-01"), 500n);
    const { arrived } = give(["p1", "c1", "r"]);
    const books = runTo();
    expect(rowsOf(books)).toEqual([
      "qualified ann again",
      "signup (handover) 10000 USD",
      "recurring (handover) 250 USD",
      "transaction (handover) 100 USD",
      "recurring.reversal (handover) -125 USD",
    ]);
    const signup = books.outcomes.find((one) => one.kind === "earned");
    expect(signup).toMatchObject({
      commission: {
        partnerId: "other",
        referralId: "ann again",
        transactionId: "p1",
        occurredAt: new Date(at("2024-01-01")),
        holdUntil: new Date(at("2024-01-31")),
      },
    });
    expect(reasons(books, arrived)).toEqual(["standing applies: arrival"]);
    expect(books.receipts.map(({ eventId, act, number }) => [eventId, act, number])).toEqual([
      ["approval 1", "", 1n],
      [arrived.id, "", 2n],
      ["p1", "handover", 2n],
      ["c1", "handover", 2n],
      ["r", "handover", 2n],
    ]);
    expect(receiptAgain(books, "p1")).toMatchObject({
      partnerId: "other",
      referralId: "ann again",
      terms: { id: RESELLER.id },
    });
    expect(clientsThere(books)).toBe(1);
    expect(to.events).toHaveLength(2);
  });

  it("qualifies by what stays with the other partner, and the months run, but nothing of it is earned here", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    from.spend("ann", "c1", at("2024-01-02"), { amount: 100_000n });
    from.pay("ann", "p2", at("2024-02-01"), { amount: 2_000n });
    give(["p2"]);
    const next = to.pay("ann again", "p3", at("2024-07-01"), { amount: 4_000n });
    const books = runTo();
    expect(rowsOf(books)).toEqual(["qualified ann again", "recurring (handover) 500 USD", "recurring 1000 USD"]);
    expect(clausesAgain(books, "p1")).toEqual([
      "window nothing: stays_with_another",
      "qualification applies: qualified",
      "signup nothing: stays_with_another",
    ]);
    expect(clausesAgain(books, "c1")).toEqual(["window nothing: stays_with_another"]);
    expect(customerOf(books, "ann again")?.qualification).toMatchObject({
      paymentId: "p1",
      at: new Date(at("2024-01-01")),
    });
    expect(clause(books, next, "qualification")?.reason).toBe("already_qualified");
  });

  it("earns no signup here where one stays with the other partner, whichever payment qualifies it", () => {
    const { to, give, runTo } = scene();
    give([], { isSignupTaken: true });
    const payment = to.pay("ann again", "p", at("2024-07-01"), { amount: 1_000n });
    const books = runTo();
    expect(rowsOf(books)).toEqual(["qualified ann again", "recurring 250 USD"]);
    expect(clause(books, payment, "signup")?.reason).toBe("stays_with_another");
  });

  it("keeps the date of its conversion; terms that were published for existing customers before do not reach it", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "early", "2020-01-01T00:00:00Z", { amount: 1_000n });
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    to.terms(at("2023-01-01"), RAISED.id, true);
    give(["early", "p1"]);
    const books = runTo();
    expect(clausesAgain(books, "early")).toEqual(["window nothing: before_conversion"]);
    expect(rowsOf(books)).toContain("recurring (handover) 250 USD");
    expect(customerOf(books, "ann again")).toMatchObject({ convertedAt: new Date("2020-01-02T00:00:00Z") });
  });

  it("waits here for a verification that is open; it is recorded when it clears", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    give(["p1"], { isVerificationOpen: true, isSettled: false });
    expect(rowsOf(runTo())).toEqual(["recurring (handover) 250 USD"]);
    to.verify("ann again", at("2024-07-01"));
    expect(rowsOf(runTo()).slice(1)).toEqual(["qualified ann again", "signup 10000 USD"]);
  });

  it.each<[string, Partial<ArrivalData>, string[]]>([
    ["makes signup and count wait where it was there before", { isHeld: true, isSettled: false }, []],
    [
      "makes nothing wait that had been recorded before it was opened",
      { isHeld: true, isSettled: true },
      ["qualified ann again", "signup (handover) 10000 USD"],
    ],
    [
      "that was cleared makes nothing wait",
      { isHeld: false, isSettled: false },
      ["qualified ann again", "signup (handover) 10000 USD"],
    ],
  ])("under a fraud hold: one that %s", (_, data, expected) => {
    const { from, give, runTo } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    give(["p1"], data);
    const books = runTo();
    expect(rowsOf(books)).toEqual([...expected, "recurring (handover) 250 USD"]);
    expect(customerOf(books, "ann again")?.isHeld).toBe(data.isHeld);
  });

  it("is late for nothing: what is assessed again was late or not when it was recorded", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    from.pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    from.refund("ann", "p1", "r", at("2024-01-05"), 1_000n);
    to.convert("bob", RESELLER.id);
    to.pay("bob", "p of bob", at("2024-05-01"), { amount: 1_000n });
    give(["p1", "p2", "r"], { termsId: AFFILIATE.id });
    const books = runTo();
    expect(["p1", "p2", "r"].map((id) => receiptAgain(books, id)?.late)).toEqual([[], [], []]);
    const loss = to.refund("bob", "p of bob", "r of bob", at("2024-05-02"), 1_000n);
    expect(late(runTo(), loss)).toEqual([]);
  });

  it("is refunded here only of what moved; what stays is not known here", () => {
    const { from, to, give, runTo } = scene();
    from.pay("ann", "stays", at("2024-01-01"), { amount: 1_000n });
    from.pay("ann", "moves", at("2024-02-01"), { amount: 1_000n });
    give(["moves"]);
    to.refund("ann again", "moves", "r", at("2024-07-01"), 1_000n);
    expect(rowsOf(runTo()).at(-1)).toBe("recurring.reversal -250 USD");
    to.refund("ann again", "stays", "r2", at("2024-07-02"), 1_000n);
    expect(runTo).toThrow("a reversal is assessed after its original");
  });

  it("is given transactions, and all that it names: anything else would be our own mistake", () => {
    const { to, give, runTo } = scene();
    const { arrived } = give([]);
    const books = emptyBooks();
    expect(() => assessBatch(books, to.events, [RESELLER])).toThrow(
      "an arrival is given the transactions that it brings",
    );
    const acts = { ...books.facts, histories: new Map([[arrived.id, [to.events[0] as EngineEvent]]]) };
    expect(() => assessBatch({ ...books, facts: acts }, to.events, [RESELLER])).toThrow(
      "an arrival brings transactions",
    );
    expect(rowsOf(runTo())).toEqual([]);
  });
});

describe("a customer that comes back", () => {
  /** "ann" leaves with what moves, and comes back to the same partner as "ann again", bringing the same. */
  const comeBack = (...moved: string[]) => {
    const { events, pay, refund, reassess, depart, arrive } = partnerWith(AFFILIATE);
    pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const history = events.filter((one) => "amount" in one);
    depart("ann", at("2024-06-01"), moved);
    const arrived = arrive("ann again", at("2024-06-02"), {
      act: "back",
      termsId: AFFILIATE.id,
      convertedAt: "2020-01-02T00:00:00Z",
      isVerificationOpen: false,
      isHeld: false,
      isSettled: true,
      isSignupTaken: moved.length === 0,
      history: ["p1"],
      moved,
    });
    const empty = emptyBooks();
    const facts = { ...empty.facts, histories: new Map([[arrived.id, history]]) };
    return { refund, reassess, run: () => assessBatch({ ...empty, facts }, events, [AFFILIATE, BETTER]) };
  };

  it("finds what had stayed there: a refund of it takes from the former commission, once", () => {
    const { refund, run } = comeBack();
    refund("ann", "p1", "r", at("2024-06-03"), 500n);
    const books = run();
    expect(rowsOf(books).slice(3)).toEqual(["qualified ann again", "recurring.reversal -50 USD"]);
    expect(clientsOf(books)).toBe(1);
  });

  it("earns anew what it brings back: refunds and re-assessments reach that, and not what its departure ended", () => {
    const { refund, reassess, run } = comeBack("p1");
    const refunded = refund("ann again", "p1", "r", at("2024-06-03"), 500n);
    reassess(at("2024-06-04"), "up", BETTER.id);
    const books = run();
    expect(rowsOf(books).slice(3)).toEqual([
      "signup.reattribution -5000 USD",
      "recurring.reattribution -100 USD",
      "qualified ann again",
      "signup (back) 5000 USD",
      "recurring (back) 100 USD",
      "recurring.reversal -50 USD",
      "recurring (up) 50 USD",
      "recurring.reversal (up) -25 USD",
      "signup.reversal (up) -5000 USD",
      "signup (up) 7000 USD",
    ]);
    expect(reasons(books, refunded)).toEqual(["reversal reversed: taken_back"]);
  });
});

describe("the order of dates", () => {
  it("puts what was recorded since an arrival after it, also where it is dated before", () => {
    const sequence = recordedSequence();
    sequence.pay("bob", "of another", at("2024-03-01"), { amount: 1n });
    sequence.arrive("ann", at("2024-06-01"), {
      act: "handover",
      termsId: RESELLER.id,
      convertedAt: at("2024-01-01"),
      isVerificationOpen: false,
      isHeld: false,
      isSettled: false,
      isSignupTaken: false,
      history: [],
      moved: [],
    });
    sequence.pay("ann", "late", at("2024-02-01"), { amount: 1n });
    sequence.pay("ann", "later", at("2024-07-01"), { amount: 1n });
    sequence.pay("bob", "between", at("2024-06-15"), { amount: 1n });
    expect(inDateOrder(sequence.events).map(({ id }) => id)).toEqual([
      "of another",
      "arrival 2",
      "late",
      "between",
      "later",
    ]);
  });
});
