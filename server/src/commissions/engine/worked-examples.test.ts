import { describe, expect, it } from "vitest";
import {
  AFFILIATE,
  addClients,
  assessBatch,
  at,
  clause,
  earnings,
  emptyBooks,
  partnerWith,
  rowsOf,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { Terms } from "../../programs/index.ts";

const reseller = termsOfTier("tier2");

describe("worked examples", () => {
  it("10 % of 11.77 is 1.18 (1.177)", () => {
    const sequence = partnerWith(AFFILIATE);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_177n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["signup 5000 USD", "recurring 118 USD"]);
    expect(clause(books, payment, "recurring")).toMatchObject({
      product: "117.7",
      amount: 118n,
      base: 1_177n,
      rate: 0.1,
    });
  });

  it.each<[string, Partial<Terms>, number, string]>([
    ["25 % of 20.00 with 50 clients is 5.25", {}, 49, "recurring 525 USD"],
    ["25 % of 20.00 with 49 clients is 5.00", {}, 48, "recurring 500 USD"],
    [
      "25 % of 20.00 with 50 clients in points mode is 6.00 (30 %)",
      { volumeBonusMode: "points" },
      49,
      "recurring 600 USD",
    ],
    ["25 % of 20.00 with 100 clients is 5.50", {}, 99, "recurring 550 USD"],
    ["25 % of 20.00 with 99 clients is 5.25", {}, 98, "recurring 525 USD"],
  ])("%s", (_, changes, others, expected) => {
    const terms = termsOfTier("tier2", changes);
    const sequence = partnerWith(terms);
    addClients(sequence, others, terms.id);
    const payment = sequence.pay("ann", "p", at("2024-01-01"), { amount: 2_000n });
    const books = assessBatch(emptyBooks(), sequence.events, [terms]);
    expect(earnings(books).at(-1)).toBe(expected);
    expect(clause(books, payment, "recurring")?.clients).toBe(others + 1);
  });

  it("0.1 % of 4.99 is 0.00 and is not stored; of 5.00 is 0.01 (0.005, half away from zero)", () => {
    const sequence = partnerWith(reseller);
    const small = sequence.spend("ann", "c1", at("2024-01-01"), { amount: 499n });
    const enough = sequence.spend("ann", "c2", at("2024-01-01"), { amount: 500n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["transaction 1 USD"]);
    expect(clause(books, small, "transaction")).toMatchObject({
      outcome: "nothing",
      reason: "rounds_to_zero",
      product: "0.499",
    });
    expect(clause(books, enough, "transaction")).toMatchObject({ outcome: "earned", product: "0.5" });
  });

  it("card 10,000.00 in points mode with 50 clients: 10.00", () => {
    const terms = termsOfTier("tier2", { volumeBonusMode: "points" });
    const sequence = partnerWith(terms);
    addClients(sequence, 50, terms.id);
    sequence.spend("ann", "c", at("2024-01-01"), { amount: 1_000_000n });
    expect(earnings(assessBatch(emptyBooks(), sequence.events, [terms])).at(-1)).toBe("transaction 1000 USD");
  });

  it("a commission of 1.18 on 11.77, refunded 5.00 then 6.77: reversals 0.50 (0.5013) and 0.68; the sum is 1.18", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_177n });
    const first = sequence.refund("ann", "p", "r1", at("2024-03-01"), 500n);
    sequence.refund("ann", "p", "r2", at("2024-03-02"), 677n);
    const books = sequence.run();
    expect(earnings(books).slice(2)).toEqual(["recurring.reversal -50 USD", "recurring.reversal -68 USD"]);
    expect(clause(books, first, "reversal")).toMatchObject({
      product: "59000/1177",
      amount: -50n,
      commission: 118n,
      refundedSoFar: 500n,
      eventAmount: 1_177n,
      alreadyReversed: 0n,
    });
  });

  it("10.00 on 100.00, refund 30.00, chargeback 100.00: 3.00 and 7.00; the chargeback won in full: +7.00", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 10_000n });
    sequence.refund("ann", "p", "r", at("2024-03-01"), 3_000n);
    sequence.chargeBack("ann", "p", "cb", at("2024-03-02"), 10_000n);
    sequence.winChargeback("ann", "cb", "won", at("2024-03-03"), 10_000n);
    expect(earnings(sequence.run()).filter((row) => row.startsWith("recurring"))).toEqual([
      "recurring 1000 USD",
      "recurring.reversal -300 USD",
      "recurring.reversal -700 USD",
      "recurring.restoration 700 USD",
    ]);
  });

  it("120.00 with 20.00 tax earns 10.00; a refund of 120.00 takes back 10.00", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 12_000n, tax: 2_000n });
    sequence.refund("ann", "p", "r", at("2024-03-01"), 12_000n);
    expect(earnings(sequence.run())).toEqual(["signup 5000 USD", "recurring 1000 USD", "recurring.reversal -1000 USD"]);
  });

  it("first payment on 31 January 2024, 10:00Z, duration 12: 30 January 2025 at 23:59:59Z earns, 31 January at 00:00:00Z does not", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "first", "2024-01-31T10:00:00Z", { amount: 1_000n });
    const last = sequence.pay("ann", "last", "2025-01-30T23:59:59Z", { amount: 1_000n });
    const over = sequence.pay("ann", "over", "2025-01-31T00:00:00Z", { amount: 1_000n });
    const books = sequence.run();
    expect(clause(books, last, "recurring")).toMatchObject({ outcome: "earned", endsOn: "2025-01-31" });
    expect(clause(books, over, "recurring")).toMatchObject({
      outcome: "nothing",
      reason: "months_are_over",
      endsOn: "2025-01-31",
    });
  });

  it("first payment on 31 August 2024, duration 6: the last day that earns is 27 February 2025", () => {
    const terms = termsOfTier("tier1", { id: "six", recurringDuration: 6 });
    const sequence = partnerWith(terms);
    sequence.pay("ann", "first", "2024-08-31T10:00:00Z", { amount: 1_000n });
    const last = sequence.pay("ann", "last", "2025-02-27T23:59:59Z", { amount: 1_000n });
    const over = sequence.pay("ann", "over", "2025-02-28T00:00:00Z", { amount: 1_000n });
    const books = sequence.run();
    expect([clause(books, last, "recurring")?.outcome, clause(books, over, "recurring")?.outcome]).toEqual([
      "earned",
      "nothing",
    ]);
  });

  it("paid 1 January, wholly refunded 1 March: signup 50.00 stays", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    sequence.refund("ann", "p", "r", at("2024-03-01"), 1_000n);
    expect(rowsOf(sequence.run())).toEqual([
      "qualified ann",
      "signup 5000 USD",
      "recurring 100 USD",
      "recurring.reversal -100 USD",
    ]);
  });

  it("charged back 1 March: it is taken back", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p", at("2024-01-01"), { amount: 1_000n });
    sequence.chargeBack("ann", "p", "cb", at("2024-03-01"), 1_000n);
    expect(rowsOf(sequence.run()).slice(3)).toEqual([
      "recurring.reversal -100 USD",
      "unqualified ann",
      "signup.reversal -5000 USD",
    ]);
  });

  it("paid 1 January, refunded 20 January, paid again 1 February: one signup, on 1 February, and the months run from there", () => {
    const sequence = partnerWith(AFFILIATE);
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n });
    sequence.refund("ann", "p1", "r", at("2024-01-20"), 1_000n);
    const again = sequence.pay("ann", "p2", at("2024-02-01"), { amount: 1_000n });
    const books = sequence.run();
    expect(rowsOf(books)).toEqual([
      "qualified ann",
      "signup 5000 USD",
      "recurring 100 USD",
      "recurring.reversal -100 USD",
      "unqualified ann",
      "cancelled 5000",
      "qualified ann",
      "signup 5000 USD",
      "recurring 100 USD",
    ]);
    expect(clause(books, again, "recurring")?.endsOn).toBe("2025-02-01");
    expect(books.facts.partners.get("partner")?.clients).toBe(1);
  });
});
