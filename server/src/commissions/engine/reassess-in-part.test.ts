import { describe, expect, it } from "vitest";
import {
  assessBatch,
  type Books,
  emptyBooks,
  recordedSequence,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";

const affiliate = termsOfTier("tier1");
const better = termsOfTier("tier1", { id: "better", recurringRatePpm: 150_000n, signupBonus: 7_000n });
const TERMS = [affiliate, better];
const at = (date: string): string => `${date}T12:00:00Z`;

function world() {
  const sequence = recordedSequence();
  sequence.approve();
  for (const customer of ["ann", "bob"]) sequence.convert(customer, affiliate.id);
  const run = (): Books => assessBatch(emptyBooks(), sequence.events, TERMS);
  const lastRows = (): string[] => {
    const before = assessBatch(emptyBooks(), sequence.events.slice(0, -1), TERMS);
    return rowsOf(run()).slice(rowsOf(before).length);
  };
  return { ...sequence, run, lastRows };
}

describe("a re-assessment of a part", () => {
  it("from a date corrects what is dated then or later alone: an earlier payment keeps its commission and its signup", () => {
    const { pay, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("bob", "p2", at("2024-04-01"), { amount: 1_000n });
    pay("ann", "p3", at("2024-04-01"), { amount: 2_000n });
    reassess(at("2024-06-01"), "up", better.id, { from: at("2024-04-01") });
    expect(lastRows().toSorted()).toEqual([
      "recurring (up) 100 USD",
      "recurring (up) 50 USD",
      "signup (up) 7000 USD",
      "signup.reversal (up) -5000 USD",
    ]);
    expect(run().facts.partners.get("partner")?.clients).toBe(2);
  });

  it("from a date counts a customer whom it qualifies, and no longer one whom it does not", () => {
    const strict = termsOfTier("tier1", { id: "strict", qualifyingMinimum: 5_000n });
    const sequence = recordedSequence();
    sequence.approve();
    sequence.convert("ann", affiliate.id);
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    sequence.reassess(at("2024-06-01"), "strict", strict.id, { from: at("2024-02-01") });
    const booked = () => assessBatch(emptyBooks(), sequence.events, [...TERMS, strict]);
    expect(booked().facts.partners.get("partner")?.clients).toBe(0);
    sequence.reassess(at("2024-06-02"), "again", affiliate.id, { from: at("2024-02-01") });
    expect(booked().facts.partners.get("partner")?.clients).toBe(1);
  });

  it("leaves what an earlier one left as paid, though it names nothing itself", () => {
    const { pay, terms, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const paid = run().outcomes.flatMap((one) => (one.kind === "earned" ? [one.commission.id] : []));
    terms(at("2024-02-01"), better.id, true);
    reassess(at("2024-06-01"), "backdated", undefined, { from: at("2024-02-01"), paid, left: paid });
    expect(lastRows()).toEqual([]);
    reassess(at("2024-07-01"), "late arrival");
    expect(lastRows()).toEqual([]);
  });

  it("leaves what is paid as it is, and says by how much it differs", () => {
    const { pay, reassess, lastRows, run } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("bob", "p2", at("2024-03-01"), { amount: 2_000n });
    const paid = run().outcomes.flatMap((one) =>
      one.kind === "earned" && one.commission.referralId === "ann" ? [one.commission.id] : [],
    );
    const act = reassess(at("2024-06-01"), "up", better.id, { paid });
    expect(lastRows()).toEqual(["recurring (up) 100 USD", "signup.reversal (up) -5000 USD", "signup (up) 7000 USD"]);
    const left = run()
      .receipts.find(({ eventId }) => eventId === act.id)
      ?.clauses.filter(({ reason }) => reason === "paid");
    expect(left?.map(({ rule, amount }) => `${rule} ${amount}`)).toEqual(["recurring 50", "signup 2000"]);
  });

  /** The ids of what was earned as a signup. */
  const signups = (books: Books): string[] =>
    books.outcomes.flatMap((one) =>
      one.kind === "earned" && one.commission.rule === "signup" ? one.commission.id : [],
    );

  it("keeps a signup that is paid, and ties its customer as the dates have it: its months end where those of the rest do", () => {
    const { pay, reassess, run, lastRows } = world();
    pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    pay("ann", "p0", at("2024-01-10"), { amount: 1_000n });
    pay("ann", "p2", at("2025-02-01"), { amount: 1_000n });
    const paid = signups(run());
    reassess(at("2025-02-10"), "late", undefined, { paid });
    expect(lastRows()).toEqual(["recurring.adjustment (late) -100 USD"]);
    expect(run().facts.referrals.get("ann")?.qualification).toMatchObject({ paymentId: "p0", signupId: paid[0] });
    pay("ann", "p3", at("2025-02-15"), { amount: 1_000n });
    expect(lastRows()).toEqual([]);
    expect(run().facts.partners.get("partner")?.clients).toBe(1);
  });

  it("leaves a signup that is paid to a customer whom nothing qualifies any more, who earns no second one", () => {
    const strict = termsOfTier("tier1", { id: "strict", qualifyingMinimum: 5_000n });
    const sequence = recordedSequence();
    sequence.approve();
    sequence.convert("ann", affiliate.id);
    sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
    const booked = () => assessBatch(emptyBooks(), sequence.events, [...TERMS, strict]);
    const paid = signups(booked());
    sequence.terms(at("2024-02-01"), strict.id, true);
    sequence.reassess(at("2024-06-01"), "strict", undefined, { paid, left: paid });
    expect(booked().facts.partners.get("partner")?.clients).toBe(0);
    sequence.pay("ann", "p2", at("2024-06-02"), { amount: 6_000n });
    sequence.reassess(at("2024-06-03"), "again");
    const books = booked();
    expect(books.facts.partners.get("partner")?.clients).toBe(1);
    expect(signups(books)).toEqual(paid);
    // What was taken from nobody is given back to nobody.
    sequence.chargeBack("ann", "p1", "cb", at("2024-06-04"), 1_000n);
    sequence.winChargeback("ann", "cb", "won", at("2024-06-05"), 1_000n);
    expect(signups(booked())).toEqual(paid);
  });
});
