import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  assessBatch,
  at,
  clientsOf,
  customerOf,
  emptyBooks,
  partnerWith,
  reasons,
  receiptOf,
  rowsOf,
} from "../../../test/kit/engine.ts";
import { InvariantViolation } from "../../kernel/invariant.ts";

/** The id of the commission that a rule earned. */
const idOf = (books: ReturnType<ReturnType<typeof partnerWith>["run"]>, rule: string): string => {
  const earned = books.outcomes.find((one) => one.kind === "earned" && one.commission.rule === rule);
  if (earned?.kind !== "earned") throw new Error(`nothing was earned by ${rule}`);
  return earned.commission.id;
};

describe("a reversal", () => {
  it("of a payment whose customer never converted takes nothing, and says so", () => {
    const { pay, refund, run } = partnerWith();
    pay("nobody", "p", at("2024-01-01"), { amount: 1_000n });
    const refunded = refund("nobody", "p", "r", at("2024-01-02"), 1_000n);
    const books = run();
    expect(reasons(books, refunded)).toEqual(["reversal nothing: nothing_was_earned"]);
    expect(receiptOf(books, refunded).late).toEqual([]);
    expect(customerOf(books, "nobody")).toBeUndefined();
  });

  it("is never assessed without what it reverses: that would be our own mistake", () => {
    const { pay, refund, winChargeback, run, events } = partnerWith(AFFILIATE);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    const refunded = refund("ann", "p", "r", at("2024-01-02"), 100n);
    winChargeback("ann", "r", "won", at("2024-01-03"), 100n);
    expect(run).toThrow(InvariantViolation);
    const nameless = { ...refunded, originalId: null } as typeof refunded;
    expect(() => assessBatch(emptyBooks(), [...events.slice(0, 3), nameless], [AFFILIATE])).toThrow(
      "a reversal is recorded with what it reverses",
    );
  });

  it("of what had left its hold and was wholly refunded leaves nothing for a rejection to take: no row of zero", () => {
    const { pay, refund, reject, run } = partnerWith(AFFILIATE);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    refund("ann", "p", "r", at("2024-06-01"), 1_000n);
    const rejected = reject("ann", at("2024-06-02"), true);
    const books = run();
    expect(rowsOf(books).slice(3)).toEqual(["recurring.reversal -100 USD", "signup.rejection -5000 USD"]);
    expect(receiptOf(books, rejected).clauses.slice(1)).toEqual([
      expect.objectContaining({ clause: "reversal", outcome: "reversed", reason: "approved", rule: "signup" }),
      { clause: "reversal", outcome: "nothing", reason: "nothing_left", rule: "recurring", currency: "USD" },
    ]);
  });
});

describe("the loss of a qualifying payment", () => {
  it("whose signup still waits for a verification ends the qualification alone", () => {
    const { convert, pay, refund, run } = partnerWith();
    convert("ann", AFFILIATE.id, undefined, true);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    const lost = refund("ann", "p", "r", at("2024-01-02"), 1_000n);
    const books = run();
    expect(reasons(books, lost)).toEqual([
      "reversal reversed: taken_back",
      "qualification reversed: nothing_left_of_payment",
    ]);
    expect(rowsOf(books)).toEqual(["recurring 100 USD", "recurring.reversal -100 USD"]);
  });

  it("takes a signup back once: not where a person, or a rejection, has ended it", () => {
    const byHand = partnerWith(AFFILIATE);
    byHand.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    byHand.closeByHand([idOf(byHand.run(), "signup")], at("2024-01-02"));
    byHand.chargeBack("ann", "p", "cb", at("2024-01-03"), 1_000n);
    const books = byHand.run();
    expect(rowsOf(books).slice(3)).toEqual(["recurring.reversal -100 USD", "unqualified ann"]);
    expect(clientsOf(books)).toBe(0);

    const rejected = partnerWith(AFFILIATE);
    rejected.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    rejected.reject("ann", at("2024-01-02"));
    const last = rejected.chargeBack("ann", "p", "cb", at("2024-01-03"), 1_000n);
    expect(rowsOf(rejected.run()).slice(3)).toEqual(["cancelled 5000", "cancelled 100"]);
    expect(reasons(rejected.run(), last)).toEqual([
      "reversal nothing: closed",
      "qualification reversed: nothing_left_of_payment",
    ]);
  });

  it("keeps a rejection that follows it from taking the signup again", () => {
    const { pay, chargeBack, reject, run } = partnerWith(AFFILIATE);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    chargeBack("ann", "p", "cb", at("2024-06-01"), 1_000n);
    reject("ann", at("2024-06-02"), true);
    expect(rowsOf(run()).slice(3)).toEqual([
      "recurring.reversal -100 USD",
      "unqualified ann",
      "signup.reversal -5000 USD",
    ]);
  });
});

describe("a chargeback that is won", () => {
  /** A qualifying payment is charged back and won after a person ended what `rule` had earned of it. */
  const wonAfterClosing = (rule: string) => {
    const { pay, chargeBack, winChargeback, closeByHand, run, events } = partnerWith(AFFILIATE);
    pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    const id = idOf(run(), rule);
    closeByHand([id], at("2024-01-02"));
    chargeBack("ann", "p", "cb", at("2024-01-03"), 1_000n);
    const before = events.length;
    const won = winChargeback("ann", "cb", "won", at("2024-06-01"), 1_000n);
    const inOne = run();
    const inTwo = assessBatch(assessBatch(emptyBooks(), events.slice(0, before), [AFFILIATE]), [won], [AFFILIATE]);
    expect(rowsOf(inTwo)).toEqual(rowsOf(inOne));
    return { books: inOne, won, id };
  };

  it("qualifies the customer again, and brings no signup back that a person had ended", () => {
    const { books, won, id } = wonAfterClosing("signup");
    expect(rowsOf(books).slice(3)).toEqual([
      "recurring.reversal -100 USD",
      "unqualified ann",
      "recurring.restoration 100 USD",
      "qualified ann",
    ]);
    expect(receiptOf(books, won).clauses.at(-1)).toEqual({
      clause: "signup",
      outcome: "nothing",
      reason: "closed_by_hand",
      commissionId: id,
    });
    expect(customerOf(books)?.qualification).toMatchObject({ paymentId: "p", isSettled: true, signupId: id });
    expect(clientsOf(books)).toBe(1);
  });

  it("brings the signup back where a person ended another commission of the payment", () => {
    const { books } = wonAfterClosing("recurring");
    expect(rowsOf(books).slice(3)).toEqual(["unqualified ann", "cancelled 5000", "qualified ann", "signup 5000 USD"]);
  });
});
