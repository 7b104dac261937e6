import { describe, expect, it } from "vitest";
import {
  assessBatch,
  at,
  type Books,
  clause,
  customerOf,
  earnings,
  emptyBooks,
  late,
  partnerWith,
  reasons,
  receiptOf,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { EarningCaps, Terms } from "../../programs/index.ts";
import { assess } from "./assess.ts";
import type { ArrivalData } from "./engine-event.ts";
import type { Facts } from "./fold.ts";
import { isEarningRule } from "./standing.ts";

const TERMS = termsOfTier("tier1", { id: "plain", signupBonus: 0n, recurringDuration: null });
const RAISED: Terms = { ...TERMS, id: "raised", recurringRatePpm: 150_000n };
const capped = (id: string, caps: Partial<Record<keyof EarningCaps, bigint>>): Terms => {
  const of = (cap: keyof EarningCaps) =>
    new Map(Object.entries(caps).flatMap(([name, most]) => (name === cap ? [["USD", most] as const] : [])));
  return { ...TERMS, id, caps: { commission: of("commission"), customer: of("customer"), month: of("month") } };
};
const limitedTo = (books: Books, usd: bigint): Books => ({
  ...books,
  facts: { ...books.facts, spend: { ...books.facts.spend, limits: new Map([["USD", usd]]) } },
});

describe("a cap that is lowered below what was earned under it", () => {
  it("leaves nothing, and takes nothing", () => {
    const sequence = partnerWith(capped("wide", { customer: 1_500n }), capped("narrow", { customer: 1_000n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 15_000n });
    sequence.terms(at("2024-02-01"), "narrow", true);
    const next = sequence.pay("ann", "p2", at("2024-03-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 1500 USD"]);
    expect(clause(books, next, "recurring")).toMatchObject({
      reason: "cap_reached",
      amount: 0n,
      caps: [{ cap: "customer", limit: 1_000n, earned: 1_500n, left: 0n }],
    });
  });
});

describe("a receipt", () => {
  it("names no cap, no limit and no rule of rates where there are none", () => {
    const sequence = partnerWith(TERMS);
    const sale = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const recurring = Object.keys(clause(sequence.run(), sale, "recurring") ?? {});
    expect(recurring).toContain("product");
    for (const figure of ["caps", "uncapped", "spendLimit", "rateRules", "sale"])
      expect(recurring).not.toContain(figure);
  });

  it("says first that there is no rate, then that the customer is not qualified", () => {
    const sequence = partnerWith({ ...TERMS, recurringRatePpm: 0n });
    const sale = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 0n });
    expect(reasons(sequence.run(), sale)).toContain("recurring nothing: no_rate");
  });

  it("shows the limit that a signup bonus was tried against, and none where there was none", () => {
    const sequence = partnerWith();
    const terms = termsOfTier("tier1");
    sequence.convert("ann", terms.id);
    const sale = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const [with_, without] = [limitedTo(emptyBooks(), 9_000n), emptyBooks()].map((books) =>
      clause(assessBatch(books, sequence.events, [terms]), sale, "signup"),
    );
    // 50.00 for the customer, before the 1.00 that its payment earns.
    expect(with_?.spendLimit).toEqual({ limit: 9_000n, spent: 0n, left: 9_000n });
    expect(Object.keys(without ?? {})).not.toContain("spendLimit");
  });

  it("shows no limit where there was nothing to give", () => {
    const sequence = partnerWith(TERMS);
    const sale = sequence.pay("ann", "p1", at("2024-01-01"), { amount: 4n });
    const books = assessBatch(limitedTo(emptyBooks(), 9_000n), sequence.events, [TERMS]);
    expect(clause(books, sale, "recurring")).toMatchObject({ reason: "rounds_to_zero" });
    expect(Object.keys(clause(books, sale, "recurring") ?? {})).not.toContain("spendLimit");
  });
});

describe("a limit of the programme", () => {
  it("that is lowered below what was spent leaves nothing, and takes nothing", () => {
    const sequence = partnerWith(TERMS);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 10_000n });
    const before = assessBatch(limitedTo(emptyBooks(), 2_000n), sequence.events, [TERMS]);
    const next = sequence.pay("ann", "p2", at("2024-01-02"), { amount: 1_000n });
    const books = assessBatch(limitedTo(before, 400n), [next], [TERMS]);
    expect(earnings(books)).toEqual(["recurring 1000 USD"]);
    expect(clause(books, next, "recurring")).toMatchObject({
      amount: 0n,
      spendLimit: { limit: 400n, spent: 1_000n, left: 0n },
    });
  });

  it("is no limit of what it did not cut: that is raised by a re-assessment like any other", () => {
    const sequence = partnerWith(TERMS);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.reassess(at("2024-02-01"), "up", "raised");
    const books = assessBatch(limitedTo(emptyBooks(), 100n), sequence.events, [TERMS, RAISED]);
    // 1.00 is exactly what the limit left.
    expect(earnings(books)).toEqual(["recurring 100 USD", "recurring (up) 50 USD"]);
    expect([...books.facts.spend.cuts]).toEqual([]);
  });

  const arrival: ArrivalData = {
    act: "handover",
    termsId: "raised",
    convertedAt: "2020-01-02T00:00:00Z",
    isVerificationOpen: false,
    isHeld: false,
    isSettled: true,
    isSignupTaken: false,
    history: ["p1"],
    moved: ["p1"],
  };
  /** A sale of 10.00 that another partner earned under a limit goes to a partner at 15 %. */
  const handedOver = (limit: bigint) => {
    const from = partnerWith(TERMS);
    const sale = from.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const before = assessBatch(limitedTo(emptyBooks(), limit), from.events, [TERMS]);
    const to = recordedSequence("other");
    to.approve();
    const arrived = to.arrive("ann again", at("2024-03-01"), arrival);
    const empty = emptyBooks();
    const facts: Facts = {
      ...empty.facts,
      spend: { ...before.facts.spend, cuts: new Map() },
      histories: new Map([[arrived.id, [sale]]]),
    };
    return { to, start: { ...empty, facts } };
  };

  it("is not drawn on again by a sale that goes to another partner, though nothing is left of it", () => {
    const { to, start } = handedOver(100n);
    const books = assessBatch(start, to.events, [RAISED]);
    expect(earnings(books)).toEqual(["recurring (handover) 150 USD"]);
    expect([...books.facts.spend.spent.values()].map(({ spent }) => spent)).toEqual([100n]);
  });

  it("that cut a sale cuts it at the next partner too, for good", () => {
    const { to, start } = handedOver(40n);
    to.reassess(at("2024-04-01"), "up", "double");
    const books = assessBatch(start, to.events, [RAISED, { ...RAISED, id: "double", recurringRatePpm: 300_000n }]);
    expect(earnings(books)).toEqual(["recurring (handover) 40 USD"]);
    expect([...books.facts.spend.cuts.values()]).toEqual([40n]);
  });
});

describe("a sale that comes late", () => {
  const monthly = capped("monthly", { month: 1_500n });
  /** 15.00 may be earned a month, and a sale of 100.00 is dated before one that was recorded first. */
  const lateReasons = (first: bigint, second: bigint, firstDay = "2024-02-02") => {
    const sequence = partnerWith(monthly);
    sequence.pay("ann", "p0", at("2024-01-01"), { amount: 1n });
    sequence.convert("bob", "monthly");
    sequence.pay("bob", "p2", at(firstDay), { amount: first });
    const missed = sequence.pay("ann", "p1", at("2024-02-01"), { amount: second });
    return late(sequence.run(), missed);
  };

  it("says so where the cap of a month cut it, and another customer's later sale had the room", () => {
    expect(lateReasons(10_000n, 10_000n)).toEqual(["would_have_used_room"]);
  });

  it("says nothing where the room was just enough, or where nothing is dated later", () => {
    expect(lateReasons(10_000n, 5_000n)).toEqual([]);
    expect(lateReasons(10_000n, 5_010n)).toEqual(["would_have_used_room"]);
    expect(lateReasons(10_000n, 10_000n, "2024-02-01")).toEqual([]);
  });

  it("says nothing of another customer's sale where only the customer's own cap cut it", () => {
    const sequence = partnerWith(capped("own", { customer: 500n }));
    sequence.pay("ann", "p0", at("2024-01-01"), { amount: 1n });
    sequence.convert("bob", "own");
    sequence.pay("bob", "p2", at("2024-02-02"), { amount: 1_000n });
    const missed = sequence.pay("ann", "p1", at("2024-02-01"), { amount: 10_000n });
    expect(late(sequence.run(), missed)).toEqual([]);
  });

  it("says nothing where rules ask for other facts than the first payment, and the months have no end", () => {
    const facts = { product: new Set(["cloud"]), planCode: null, country: null, currency: null, payment: null };
    const rule = { name: "cloud", when: { facts, fromDays: 0, toDays: null }, pays: { ratePpm: 300_000n } };
    const sequence = partnerWith({ ...TERMS, rateRules: [rule] });
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const missed = sequence.pay("ann", "p0", at("2024-02-01"), { amount: 1_000n });
    expect(late(sequence.run(), missed)).toEqual([]);
  });
});

describe("a rule of rates", () => {
  it("for renewals decides every payment but the one that qualified", () => {
    const facts = { product: null, planCode: null, country: null, currency: null, payment: new Set(["renewal"]) };
    const rule = { name: "renewals", when: { facts, fromDays: 0, toDays: null }, pays: { ratePpm: 300_000n } };
    const sequence = partnerWith({ ...TERMS, rateRules: [rule] });
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const renewal = sequence.pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 100 USD", "recurring 300 USD"]);
    expect(clause(books, renewal, "recurring")).toMatchObject({ rateRule: "renewals", sale: { payment: "renewal" } });
  });

  it("with an amount earns nothing of a payment of nothing, and says so", () => {
    const facts = { product: null, planCode: null, country: null, currency: null, payment: null };
    const rule = { name: "flat", when: { facts, fromDays: 0, toDays: null }, pays: { amount: 700n } };
    const sequence = partnerWith({ ...TERMS, rateRules: [rule] });
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const free = sequence.pay("ann", "p2", at("2024-02-01"), { amount: 500n, tax: 500n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 700 USD"]);
    expect(reasons(books, free)).toContain("recurring nothing: base_not_above_zero");
  });
});

describe("what a run tells of what it has changed", () => {
  it("is that alone: a cap and a month that it did not touch are not told again", () => {
    const sequence = partnerWith(capped("monthly", { month: 9_000n }));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    const terms = [capped("monthly", { month: 9_000n })];
    const before = assessBatch(limitedTo(emptyBooks(), 5_000n), sequence.events, terms);
    const next = sequence.pay("ann", "p2", at("2024-02-01"), { amount: 2_000n });
    const { caps, spent, spendCuts, partners } = assess(
      [next],
      new Map(terms.map((one) => [one.id, one])),
      before.facts,
    );
    expect(caps).toMatchObject([{ cap: "month", scope: "2024-02-01", earned: 200n }]);
    expect(spent).toEqual([{ month: "2024-02-01", currency: "USD", spent: 200n }]);
    expect([spendCuts, partners]).toEqual([[], []]);
  });

  it("of an act without a customer names no terms", () => {
    const sequence = partnerWith(TERMS);
    const act = sequence.suspend(at("2024-01-01"));
    expect(receiptOf(sequence.run(), act)).toMatchObject({ referralId: null, terms: null, amount: null, late: [] });
  });
});

describe("a customer that ends", () => {
  it("while its bonus is lost has nothing that comes back; otherwise it is not said yet what it could lose", () => {
    const lost = partnerWith(termsOfTier("tier1"));
    lost.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    lost.chargeBack("ann", "p1", "cb", at("2024-02-05"), 1_000n);
    expect(customerOf(lost.run())?.lostSignup).toBe(5_000n);
    lost.reject("ann", at("2024-02-06"));
    expect(customerOf(lost.run())?.lostSignup).toBe(0n);

    const stands = partnerWith(termsOfTier("tier1"));
    stands.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    stands.reject("ann", at("2024-02-06"));
    expect(customerOf(stands.run())?.lostSignup).toBeNull();
  });

  it("is not qualified again by a chargeback that is won, where its bonus had been lost before", () => {
    const sequence = partnerWith(termsOfTier("tier1"));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.chargeBack("ann", "p1", "cb", at("2024-02-05"), 1_000n);
    sequence.reject("ann", at("2024-02-06"));
    const won = sequence.winChargeback("ann", "cb", "won", at("2024-02-07"), 1_000n);
    const books = sequence.run();
    expect(reasons(books, won).filter((one) => !one.startsWith("reversal"))).toEqual([]);
    expect(customerOf(books)?.qualification).toBeNull();
  });

  it("has on its receipt the bonus that had stood and comes back, and no count", () => {
    const sequence = partnerWith(termsOfTier("tier1"));
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.reject("ann", at("2024-02-05"));
    sequence.chargeBack("ann", "p1", "cb", at("2024-02-06"), 1_000n);
    const won = sequence.winChargeback("ann", "cb", "won", at("2024-02-07"), 1_000n);
    expect(reasons(sequence.run(), won)).toEqual(["reversal restored: given_back", "signup earned: qualified"]);
  });
});

describe("a rule that earns", () => {
  it("is one of five; what takes back is none", () => {
    for (const rule of ["signup", "recurring", "transaction", "share", "true_up"])
      expect(isEarningRule(rule)).toBe(true);
    for (const rule of ["recurring.reversal", "bonus", ""]) expect(isEarningRule(rule)).toBe(false);
  });
});
