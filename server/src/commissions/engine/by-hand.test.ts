import { describe, expect, it } from "vitest";
import {
  at,
  type Books,
  commissionOn,
  earnings,
  partnerWith,
  reasons,
  receiptOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { HandGrant } from "./engine-event.ts";

const TERMS = termsOfTier("tier1", { id: "plain", signupBonus: 5_000n });

/** A payment of 10.00 that earned 1.00, and the signup bonus of 50.00. */
function paid() {
  const sequence = partnerWith(TERMS);
  sequence.pay("ann", "p1", at("2024-03-01"), { amount: 1_000n });
  const { id } = commissionOn(sequence.run(), "p1", "recurring");
  /** What has followed from it since. */
  const since = (): string[] => earnings(sequence.run()).slice(2);
  return { ...sequence, id, since };
}
const added = ({ facts }: Books, amount: bigint) =>
  [...facts.commissions.values()].find((one) => one.amount === amount);

describe("a person's decision about a commission", () => {
  it("that it stands, or that it ends, says which on its receipt, and books no row", () => {
    const { closeByHand, id, since, run } = paid();
    const [stands, ends] = [closeByHand([], at("2024-03-05")), closeByHand([id], at("2024-03-06"))];
    expect(reasons(run(), stands)).toEqual(["standing applies: stands"]);
    expect(reasons(run(), ends)).toEqual(["standing applies: closed_by_hand"]);
    expect(since()).toEqual([]);
  });

  it("that it is more is a commission of its own beside it, in a hold of its own, under no act", () => {
    const { adjustByHand, id, run } = paid();
    const act = adjustByHand(id, 60n, at("2024-03-05"));
    const books = run();
    const more = added(books, 60n);
    expect(receiptOf(books, act).clauses).toEqual([
      {
        clause: "correction",
        outcome: "corrected",
        reason: "earned_more",
        rule: "recurring",
        commissionId: more?.id,
        amount: 60n,
        currency: "USD",
      },
    ]);
    expect(books.outcomes.at(-1)).toMatchObject({
      kind: "earned",
      commission: {
        eventId: act.id,
        transactionId: "p1",
        referralId: "ann",
        act: "",
        // Its own number is the act's; beside it stands that of the sale.
        saleNumber: 3n,
        holdUntil: new Date(at("2024-03-05")),
        occurredAt: new Date(at("2024-03-01")),
      },
    });
    expect(more).toMatchObject({ number: 4n, saleNumber: 3n });
  });

  it("that it is less lowers it by a row, at most to nothing", () => {
    const { adjustByHand, id, since, run } = paid();
    const act = adjustByHand(id, -40n, at("2024-03-05"));
    expect(reasons(run(), act)).toEqual(["correction corrected: earned_less"]);
    expect(since()).toEqual(["recurring.adjustment -40 USD"]);
    adjustByHand(id, -60n, at("2024-03-06"));
    expect(since()).toEqual(["recurring.adjustment -40 USD", "recurring.adjustment -60 USD"]);
    expect(run().facts.commissions.get(id)?.amount).toBe(0n);
  });

  it("follows what was refunded of the sale before, upwards and down", () => {
    const { refund, adjustByHand, id, since, run } = paid();
    refund("ann", "p1", "r", at("2024-03-02"), 500n);
    const more = adjustByHand(id, 60n, at("2024-03-05"));
    expect(since()).toEqual(["recurring.reversal -50 USD", "recurring 60 USD", "recurring.reversal -30 USD"]);
    expect(reasons(run(), more)).toEqual(["correction corrected: earned_more", "reversal reversed: taken_back"]);
    const less = adjustByHand(id, -40n, at("2024-03-06"));
    // 0.60 stand, of which half is taken back: 0.20 of the 0.50 come back before the 0.40 go.
    expect(since().slice(3)).toEqual(["recurring.restoration 20 USD", "recurring.adjustment -40 USD"]);
    expect(reasons(run(), less)).toEqual(["reversal restored: given_back", "correction corrected: earned_less"]);
  });

  it("is followed by what is refunded of the sale afterwards: its part of each number", () => {
    const { refund, adjustByHand, id, since } = paid();
    adjustByHand(id, 60n, at("2024-03-05"));
    refund("ann", "p1", "r", at("2024-03-06"), 250n);
    expect(since()).toEqual(["recurring 60 USD", "recurring.reversal -25 USD", "recurring.reversal -15 USD"]);
  });

  it("about a signup bonus takes nothing back of it for a refund in part: a bonus falls whole or not at all", () => {
    const { refund, adjustByHand, run, since } = paid();
    refund("ann", "p1", "r", at("2024-03-02"), 500n);
    const act = adjustByHand(commissionOn(run(), "p1", "signup").id, 700n, at("2024-03-05"));
    expect(since()).toEqual(["recurring.reversal -50 USD", "signup 700 USD"]);
    expect(reasons(run(), act)).toEqual(["correction corrected: earned_more"]);
  });

  it("about what is over, or was never earned, changes nothing and says so", () => {
    const { closeByHand, adjustByHand, id, since, run } = paid();
    closeByHand([id], at("2024-03-04"));
    const acts = [adjustByHand(id, 60n, at("2024-03-05")), adjustByHand("never earned", -60n, at("2024-03-06"))];
    const clause = { clause: "correction", outcome: "nothing", reason: "closed" };
    expect(acts.map((act) => receiptOf(run(), act).clauses)).toEqual([[clause], [clause]]);
    expect(since()).toEqual([]);
  });

  it("about what a person had added is of the same sale, which came before a suspension: its end cancels none of it", () => {
    const { suspend, adjustByHand, terminate, id, run, since } = paid();
    suspend(at("2024-03-03"));
    adjustByHand(id, 60n, at("2024-03-05"));
    adjustByHand(String(added(run(), 60n)?.id), 7n, at("2024-03-06"));
    terminate("2024-03-05T00:00:00Z");
    expect(since()).toEqual(["recurring 60 USD", "recurring 7 USD"]);
    expect(added(run(), 7n)).toMatchObject({ saleNumber: 3n, number: 6n });
  });
});

describe("a grant", () => {
  const granted: HandGrant = {
    transactionId: "c1",
    saleNumber: "3",
    rule: "transaction",
    amount: "120",
    currency: "USD",
    occurredAt: at("2024-03-01"),
    holdUntil: at("2024-04-20"),
  };
  const spent = () => {
    const sequence = partnerWith(TERMS);
    sequence.spend("ann", "c1", at("2024-03-01"), { amount: 1_000n });
    return sequence;
  };

  it("earns a sale what no rule gave it, at the sale's date, until the hold that it names", () => {
    const { grantByHand, run } = spent();
    const act = grantByHand("ann", granted, at("2024-03-20"));
    const books = run();
    expect(earnings(books)).toEqual(["transaction 120 USD"]);
    expect(books.outcomes).toMatchObject([
      {
        kind: "earned",
        commission: {
          eventId: act.id,
          partnerId: "partner",
          referralId: "ann",
          transactionId: "c1",
          type: "transaction",
          act: "",
          ratePpm: null,
          saleNumber: 3n,
          reversesId: null,
          occurredAt: new Date(at("2024-03-01")),
          holdUntil: new Date(at("2024-04-20")),
        },
      },
    ]);
    expect(reasons(books, act)).toEqual(["correction corrected: earned_by_hand"]);
  });

  it("is taken back at once by what had been refunded of the sale, and later by what is refunded then", () => {
    const { grantByHand, refund, run } = spent();
    refund("ann", "c1", "r1", at("2024-03-10"), 250n);
    const act = grantByHand("ann", granted, at("2024-03-20"));
    refund("ann", "c1", "r2", at("2024-03-21"), 750n);
    const books = run();
    expect(earnings(books)).toEqual([
      "transaction 120 USD",
      "transaction.reversal -30 USD",
      "transaction.reversal -90 USD",
    ]);
    expect(reasons(books, act)).toEqual(["correction corrected: earned_by_hand", "reversal reversed: taken_back"]);
  });

  it("on a sale that is not known here is taken back by nothing", () => {
    const { grantByHand, run } = spent();
    grantByHand("ann", { ...granted, transactionId: "elsewhere" }, at("2024-03-20"));
    expect(earnings(run())).toEqual(["transaction 120 USD"]);
  });
});
