import { describe, expect, it } from "vitest";
import {
  assessBatch,
  at,
  type Books,
  commissionOn,
  emptyBooks,
  partnerWith,
  reasons,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { Terms } from "../../programs/index.ts";
import type { ReassessmentData } from "./engine-event.ts";

const capped = (month: bigint, changes: Partial<Terms>): Terms =>
  termsOfTier("tier1", {
    signupBonus: 0n,
    recurringDuration: null,
    caps: { commission: new Map(), customer: new Map(), month: new Map([["USD", month]]) },
    ...changes,
  });
/** 10 %, then 15 %; all of a month earns at most 2.50. */
const CAPPED = capped(250n, { id: "capped" });
const RAISED = capped(250n, { id: "raised", recurringRatePpm: 150_000n });

/** Two customers, of whom each pays 10.00 in January and earns 1.00. Raised, the first earns 1.50 and the second what is left: 1.00. */
function twoSales(...more: readonly Terms[]) {
  const sequence = partnerWith(CAPPED, RAISED, ...more);
  sequence.convert("bob", "capped");
  sequence.pay("ann", "p1", at("2024-01-10"), { amount: 1_000n });
  sequence.pay("bob", "p2", at("2024-01-20"), { amount: 1_000n });
  return sequence;
}

/** What a re-assessment booked, by the sale that it is booked on. */
const correctionsOf = ({ outcomes }: Books, act: string): string[] =>
  outcomes.flatMap((one) =>
    "commission" in one && one.commission.act === act
      ? `${one.commission.transactionId} ${one.commission.rule} ${one.commission.amount}`
      : [],
  );
const countedOf = ({ facts }: Books): bigint[] => [...facts.caps.values()].map(({ earned }) => earned);

describe("what a re-assessment may correct has the room of a cap in the order of dates", () => {
  it("so the first sale is raised, and the second gets what is left", () => {
    const sequence = twoSales();
    sequence.reassess(at("2024-06-01"), "up", "raised");
    const books = sequence.run();
    expect(correctionsOf(books, "up")).toEqual(["p1 recurring 50"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("and somebody who never converted has none, and stops nobody's re-assessment", () => {
    const sequence = twoSales();
    sequence.pay("nobody", "p0", at("2024-01-02"), { amount: 9_000n });
    sequence.reassess(at("2024-06-01"), "up", "raised");
    expect(correctionsOf(sequence.run(), "up")).toEqual(["p1 recurring 50"]);
  });
});

describe("what a re-assessment leaves as it is keeps the room of a cap that it had, no more and no less", () => {
  it("where a person ended it", () => {
    const sequence = twoSales();
    sequence.closeByHand([commissionOn(sequence.run(), "p1", "recurring").id], at("2024-03-01"));
    sequence.reassess(at("2024-06-01"), "up", "raised");
    const books = sequence.run();
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring 50"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("where the act begins after it", () => {
    const sequence = twoSales();
    sequence.reassess(at("2024-06-01"), "up", "raised", { from: at("2024-01-15") });
    const books = sequence.run();
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring 50"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("where it is paid", () => {
    const sequence = twoSales();
    const paid = [commissionOn(sequence.run(), "p1", "recurring").id];
    const act = sequence.reassess(at("2024-06-01"), "up", "raised", { paid });
    const books = sequence.run();
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring 50"]);
    expect(reasons(books, act)).toEqual(["correction nothing: paid", "correction corrected: earned_more"]);
  });

  const addedTo = (counts: Pick<ReassessmentData, "counts">): Books => {
    const sequence = twoSales();
    const { id } = commissionOn(sequence.run(), "p1", "recurring");
    sequence.adjustByHand(id, 60n, at("2024-03-01"));
    sequence.reassess(at("2024-06-01"), "up", "raised", { paid: [id], ...counts });
    return sequence.run();
  };
  const granted = (counts: Pick<ReassessmentData, "counts">): Books => {
    const sequence = twoSales();
    sequence.spend("ann", "c1", at("2024-01-05"), { amount: 1_000n });
    sequence.grantByHand(
      "ann",
      {
        transactionId: "c1",
        saleNumber: "6",
        rule: "transaction",
        amount: "120",
        currency: "USD",
        occurredAt: at("2024-01-05"),
        holdUntil: at("2024-02-05"),
      },
      at("2024-03-01"),
    );
    sequence.reassess(at("2024-06-01"), "up", "raised", { from: at("2024-01-15"), ...counts });
    return sequence.run();
  };

  it("and what a person added to it counts under no cap: it takes nothing from others", () => {
    const books = addedTo({ counts: "earned" });
    // 1.00 of the first and 1.50 of the second fill the cap; the 0.60 by hand stand beside it.
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring 50"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("nor does what a person granted to a sale that the act does not reach", () => {
    const books = granted({ counts: "earned" });
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring 50"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("but an act that was recorded without the word is replayed as it was booked: what a person added took room", () => {
    const books = addedTo({});
    // 1.60 of the first leave 0.90 of the 1.00 that the second had.
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring.adjustment -10"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("and what a person granted took room there, too", () => {
    const books = granted({});
    // 1.00 of the first and 1.20 by hand leave 0.30.
    expect(correctionsOf(books, "up")).toEqual(["p2 recurring.adjustment -70"]);
    expect(countedOf(books)).toEqual([250n]);
  });

  it("also where the order of dates alone has it ended: a late sale that stands takes its room from what is raised", () => {
    const terms = [capped(220n, { id: "tight" }), capped(220n, { id: "tighter", recurringRatePpm: 150_000n })];
    const sequence = partnerWith(...terms);
    sequence.pay("ann", "p0", at("2024-01-02"), { amount: 1_000n });
    sequence.suspend(at("2024-01-05"));
    sequence.terminate(at("2024-01-20"));
    sequence.pay("ann", "late", at("2024-01-10"), { amount: 1_000n });
    sequence.reassess(at("2024-06-01"), "up", "tighter");
    const books = sequence.run();
    // 1.00 of the late sale stays, so that 1.20 are left for the first, which had 1.00.
    expect(correctionsOf(books, "up")).toEqual(["p0 recurring 20"]);
    expect(countedOf(books)).toEqual([220n]);
  });

  it("by what earned it: of a card event of which a person ended the volume's commission the share is raised all the same", () => {
    const limits = { commission: new Map(), customer: new Map(), month: new Map([["USD", 9_000n]]) };
    const share = (id: string, transactionRatePpm: bigint, revenueSharePpm: bigint) =>
      termsOfTier("tier3", { id, transactionRatePpm, revenueSharePpm, caps: limits });
    const sequence = partnerWith(share("share", 1_000n, 400_000n), share("more", 2_000n, 450_000n));
    sequence.spend("ann", "c1", at("2024-03-01"), { amount: 100_000n, revenue: 1_000n });
    sequence.closeByHand([commissionOn(sequence.run(), "c1", "transaction").id], at("2024-03-02"));
    sequence.reassess(at("2024-06-01"), "up", "more");
    const books = sequence.run();
    expect(correctionsOf(books, "up")).toEqual(["c1 share 50"]);
    // 1.00 of the volume stays counted; 4.50 of the share are.
    expect(countedOf(books)).toEqual([550n]);
  });
});

describe("caps of one partner", () => {
  it("are left as they are by the re-assessment of another in the same run", () => {
    const [one, two] = [recordedSequence("one"), recordedSequence("two")];
    for (const [sequence, customer] of [
      [one, "ann"],
      [two, "bob"],
    ] as const) {
      sequence.approve();
      sequence.convert(customer, "capped");
      sequence.pay(customer, `sale of ${customer}`, at("2024-01-10"), { amount: 1_000n });
    }
    one.reassess(at("2024-06-01"), "again");
    two.pay("bob", "second", at("2024-01-20"), { amount: 9_000n });
    const books = assessBatch(
      emptyBooks(),
      [...two.events.slice(0, 3), ...one.events, ...two.events.slice(3)],
      [CAPPED],
    );
    expect(commissionOn(books, "second", "recurring").amount).toBe(150n);
  });
});
