import { beforeAll, expect, it, vi } from "vitest";
import { loadMessages, loadPageMessages } from "../../i18n/messages.ts";
import { receiptLines } from "./receipt-lines.ts";

beforeAll(async () => {
  vi.stubGlobal("localStorage", { getItem: () => null });
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
  vi.stubGlobal("document", { documentElement: {} });
  await loadMessages();
  await loadPageMessages();
});

const payment = { kind: "payment", occurredAt: "2026-11-12T10:00:00Z", currency: "USD" };
const earned = { clause: "recurring", outcome: "earned", reason: "rate", commissionId: "c1" };

const picture = (receipt: object, amount: number) =>
  receiptLines({
    receipt: { ...payment, ...receipt } as Parameters<typeof receiptLines>[0]["receipt"],
    commissionId: "c1",
    amount,
    currency: "USD",
  }).map(({ sign, words, value }) => `${sign}|${words}|${value}`);

it("a payment with tax is written as a sum on paper, down to the rounding", () => {
  const receipt = {
    amount: 2140,
    tax: 140,
    clauses: [
      { ...earned, base: 2000, rate: 0.25, volumeBonus: 0.05, clients: 52, tierMultiplier: 1, product: "525.5" },
    ],
  };
  expect(picture(receipt, 526)).toEqual([
    "|Payment|21.40",
    "−|Tax|1.40",
    "|Commission base|20.00",
    "×|Rate|25%",
    "+|Volume bonus|5%",
    "=|Exactly|5.255",
    "≈|Rounded to the smallest unit, half away from zero|",
    "|Commission|5.26 USD",
  ]);
});

it("factors of one, no tax and nothing to round leave no line", () => {
  const receipt = {
    amount: 1900,
    tax: 0,
    clauses: [{ ...earned, base: 1900, rate: 0.1, tierMultiplier: 1, product: "190" }],
  };
  expect(picture(receipt, 190)).toEqual(["|Commission base|19.00", "×|Rate|10%", "|Commission|1.90 USD"]);
});

it("a refund says of what, and how much of it was taken back before", () => {
  const clause = {
    ...earned,
    clause: "reversal",
    eventAmount: 2140,
    refundedSoFar: 500,
    commission: 525,
    alreadyReversed: 20,
  };
  expect(picture({ kind: "refund", clauses: [clause] }, -103)).toEqual([
    "|Commission that was earned|5.25",
    "×|Refunded of the payment|5.00 / 21.40",
    "−|Taken back before|0.20",
    "|Commission|−1.03 USD",
  ]);
});

it("a refund of a sale with several commissions says what of it the others bear", () => {
  const clause = {
    ...earned,
    clause: "reversal",
    eventAmount: 1000,
    refundedSoFar: 333,
    commission: 150,
    alreadyReversed: 0,
  };
  const bears = (onOtherRows: number, amount: number) =>
    picture({ kind: "refund", clauses: [{ ...clause, onOtherRows }] }, amount);
  const sums = ["|All commissions that were earned on this sale|1.50", "×|Refunded of the payment|3.33 / 10.00"];
  const others = "On other commissions of this sale";
  expect(bears(17, -33)).toEqual([...sums, `−|${others}|0.17`, "|Commission|−0.33 USD"]);
  expect(bears(-1, -51)).toEqual([...sums, `+|${others}|0.01`, "|Commission|−0.51 USD"]);
  expect(bears(0, -50)).toEqual([...sums, "|Commission|−0.50 USD"]);
});

it("a receipt without a clause for the commission still ends in its number", () => {
  expect(picture({ clauses: [] }, 5000)).toEqual(["|Commission|50.00 USD"]);
});

it("a flat amount says which one it is, and by which terms", () => {
  const clause = { ...earned, clause: "signup", reason: "qualified", amount: 5000 };
  expect(picture({ clauses: [clause] }, 5000)).toEqual(["|Sign-up bonus|50.00", "|Commission|50.00 USD"]);
});

it("what a cap and the programme's limit cut is shown with the room that each had left", () => {
  const clause = {
    ...earned,
    base: 10_000,
    rate: 0.1,
    tierMultiplier: 1,
    product: "1000",
    uncapped: 1000,
    caps: [{ cap: "month", limit: 5000, earned: 4200, left: 800 }],
    spendLimit: { limit: 90_000, spent: 89_500, left: 500 },
  };
  expect(picture({ amount: 10_000, tax: 0, clauses: [clause] }, 500).slice(2)).toEqual([
    "|Before caps and limit|10.00",
    "|Cap of the month|8.00",
    "|Limit of the programme|5.00",
    "−|Cut off|5.00",
    "|Commission|5.00 USD",
  ]);
});

it("what the programme's limit cut is shown to a partner without the limit, and without what others had earned", () => {
  const clause = {
    ...earned,
    reason: "spend_limited",
    base: 10_000,
    rate: 0.1,
    tierMultiplier: 1,
    product: "1000",
    uncapped: 1000,
  };
  expect(picture({ amount: 10_000, tax: 0, clauses: [clause] }, 500).slice(2)).toEqual([
    "|Before caps and limit|10.00",
    "|Limit of the programme|5.00",
    "−|Cut off|5.00",
    "|Commission|5.00 USD",
  ]);
});

it("a cap that left room enough leaves no line", () => {
  const caps = [{ cap: "month", limit: 5000, earned: 0, left: 5000 }];
  const clause = { ...earned, base: 1900, rate: 0.1, product: "190", uncapped: 190, caps };
  expect(picture({ clauses: [clause] }, 190)).toEqual(["|Commission base|19.00", "×|Rate|10%", "|Commission|1.90 USD"]);
});
