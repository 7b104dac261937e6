import { describe, expect, it } from "vitest";
import { amountWords, exactWords, monthAfter, percentWords, readAmount } from "../pages/money-words.ts";
import type { Findings, FoundCommission } from "./findings.ts";
import { readClauses } from "./receipt-clauses.ts";
import { receiptWords } from "./receipt-words.ts";
import { wordsOf } from "./shop-test-kit.ts";

const COMMISSION: FoundCommission = {
  id: "c1",
  type: "recurring",
  amount: 525,
  currency: "USD",
  rate: 0.25,
  status: "pending",
  holdUntil: "2026-12-12T00:00:00.000Z",
  isReversal: false,
};

const words = (commissions: readonly FoundCommission[], clauses: readonly object[], base = 2000): string => {
  const findings: Findings = {
    isWaiting: false,
    base,
    partner: undefined,
    commissions,
    clauses: readClauses({ clauses }),
  };
  return wordsOf(receiptWords(findings).text);
};

describe("a receipt in words", () => {
  it("is a sum on paper whose lines are those of the receipt, without factors of one", () => {
    const clause = {
      clause: "recurring",
      outcome: "earned",
      reason: "rate",
      commissionId: "c1",
      rate: 0.25,
      amount: 525,
    };
    const figures = { base: 2000, volumeBonus: 0.05, clients: 52, tierMultiplier: 1, product: "525" };
    expect(words([COMMISSION], [{ ...clause, ...figures }])).toContain(
      "Paid, less tax 20.00 × the partner's rate 25% + volume bonus, 52 paying referrals 5% Commission 5.25 USD Pending, clears 12 Dec 2026",
    );
    const rounded = words(
      [COMMISSION],
      [{ ...clause, ...figures, volumeBonus: 0, tierMultiplier: 1.2, product: "524.5" }],
    );
    expect(rounded).toContain("× tier 1.2 Exactly, before rounding 5.245 Commission");
  });

  it("of a refund says how much of what is taken back", () => {
    const reversal = { ...COMMISSION, amount: -123, isReversal: true };
    const clause = {
      clause: "reversal",
      outcome: "reversed",
      reason: "taken_back",
      rule: "recurring",
      commissionId: "c1",
    };
    const shown = words(
      [reversal],
      [{ ...clause, eventAmount: 2140, refundedSoFar: 500, commission: 525, alreadyReversed: 0 }],
    );
    expect(shown).toContain("Refunded so far 5.00 of 21.40 × the commission 5.25 Taken back −1.23 USD");
    expect(shown).toContain("Taking back (commission on payments): taken back, in proportion to the refund");
  });

  it("of a refund of a sale with several commissions has the figures of all, and says what the others bear", () => {
    const bears = (onOtherRows: number, amount: number) =>
      words(
        [{ ...COMMISSION, amount, isReversal: true }],
        [
          {
            clause: "reversal",
            commissionId: "c1",
            eventAmount: 1000,
            refundedSoFar: 333,
            commission: 150,
            onOtherRows,
          },
        ],
      );
    const sums = "Refunded so far 3.33 of 10.00 × all commissions of the sale 1.50";
    expect(bears(17, -33)).toContain(`${sums} − on the sale's other commissions 0.17 Taken back −0.33 USD`);
    expect(bears(-1, -51)).toContain(`${sums} + on the sale's other commissions 0.01 Taken back −0.51 USD`);
    expect(bears(0, -50)).toContain(`${sums} Taken back −0.50 USD`);
  });

  it("says what was cancelled, which has no row of its own", () => {
    const clause = {
      clause: "reversal",
      outcome: "cancelled",
      reason: "in_hold",
      rule: "signup",
      amount: 5000,
      currency: "USD",
    };
    expect(words([], [clause])).toContain("Sign-up bonus Cancelled −50.00 USD");
  });

  it("that earned nothing has its reasons", () => {
    const clauses = [
      { clause: "window", outcome: "nothing", reason: "before_conversion" },
      { clause: "recurring", outcome: "nothing", reason: "some_later_reason" },
    ];
    expect(words([], clauses)).toContain("In time: no, dated before you were tied to the partner");
    expect(words([], clauses)).toContain("Commission on payments: no, some later reason");
  });

  it("of an unknown shape says what the commission itself tells", () => {
    for (const receipt of [null, 7, "x", { clauses: "no" }, { clauses: [{}, null] }])
      expect(readClauses(receipt)).toEqual([]);
    expect(words([COMMISSION], [])).toContain("Paid, less tax 20.00 × the partner's rate 25% Commission 5.25 USD");
    expect(words([{ ...COMMISSION, rate: null, type: "signup", status: "approved" }], [])).toContain(
      "Sign-up bonus, once for each customer Commission 5.25 USD Approved",
    );
  });
});

describe("money in words", () => {
  it("has every decimal of its currency, a true minus, and thousands apart", () => {
    expect([
      amountWords(123456789, "USD"),
      amountWords(-5, "USD"),
      amountWords(1500, "JPY"),
      amountWords(1, "KWD"),
    ]).toEqual(["1,234,567.89", "−0.05", "1,500", "0.001"]);
  });

  it("is read as it is written, and no other way", () => {
    expect(["14.5", "14,50", "14", "0.01"].map((text) => readAmount(text, "USD"))).toEqual([1450, 1450, 1400, 1]);
    expect(["", "0", "-1", "1.005", "1e3", "9999999999"].map((text) => readAmount(text, "USD"))).toEqual(
      Array(6).fill(undefined),
    );
    expect([readAmount("1500", "JPY"), readAmount("1.5", "JPY")]).toEqual([1500, undefined]);
  });

  it("keeps what is exact exact", () => {
    expect(["290.5", "5", "1234567.125", "1/3"].map((text) => exactWords(text, "USD"))).toEqual([
      "2.905",
      "0.05",
      "12345.67125",
      undefined,
    ]);
    expect([percentWords(0.001), percentWords(0.25), percentWords(0.1)]).toEqual(["0.1%", "25%", "10%"]);
  });

  it("counts months as calendars do", () => {
    expect(["2026-01-31T10:00:00.000Z", "2026-12-15T10:00:00.000Z"].map(monthAfter)).toEqual([
      "2026-02-28T10:00:00.000Z",
      "2027-01-15T10:00:00.000Z",
    ]);
  });
});
