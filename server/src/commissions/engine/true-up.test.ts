import { describe, expect, it } from "vitest";
import { at, clause, earnings, partnerWith, reasons, termsOfTier } from "../../../test/kit/engine.ts";
import type { Terms, VolumeTrueUp } from "../../programs/index.ts";
import { endedMonths, periodEndingWith, type TrueUpPeriod } from "./true-up-period.ts";

const STEPS = [
  { from: 100_000n, ratePpm: 20_000n },
  { from: 500_000n, ratePpm: 50_000n },
];
const JANUARY: TrueUpPeriod = { periodStart: "2024-01-01", periodEnd: "2024-01-31", windowStart: "2024-01-01" };
const DATE = at("2024-02-01");

const termsOf = (trueUp: Partial<VolumeTrueUp> = {}, more: Partial<Terms> = {}): Terms =>
  termsOfTier("tier1", {
    id: "volume",
    volumeTrueUp: { period: "month", windowDays: null, mode: "graduated", steps: STEPS, ...trueUp },
    recurringDuration: null,
    ...more,
  });

/** 800.00, 700.00 and 4,500.00 in January, and something around it. */
function january(terms: Terms) {
  const sequence = partnerWith(terms);
  sequence.pay("ann", "december", at("2023-12-31"), { amount: 90_000n });
  sequence.pay("ann", "one", "2024-01-01T00:00:00Z", { amount: 80_000n });
  sequence.pay("ann", "two", at("2024-01-10"), { amount: 70_000n });
  sequence.pay("ann", "three", "2024-01-31T23:59:59Z", { amount: 450_000n });
  sequence.pay("ann", "february", "2024-02-01T00:00:00Z", { amount: 999_900n });
  return sequence;
}
const trueUps = (books: Parameters<typeof earnings>[0]) => earnings(books).filter((row) => row.startsWith("true_up"));

describe("a month's volume of 6,000.00, with 2 % from 1,000.00 and 5 % from 5,000.00", () => {
  it.each([
    // 4,000.00 at 2 % and 1,000.00 at 5 %.
    [
      "graduated" as const,
      13_000n,
      [
        [100_000n, 400_000n],
        [500_000n, 100_000n],
      ],
    ],
    // 800.00 and 700.00 came while less than 1,000.00 had; 4,500.00 came after 1,500.00.
    ["prospective" as const, 9_000n, [[100_000n, 450_000n]]],
    ["retroactive" as const, 30_000n, [[500_000n, 600_000n]]],
  ])("earns what %s says, on a receipt that shows each slice", (mode, amount, slices) => {
    const sequence = january(termsOf({ mode }));
    const settled = sequence.trueUp(DATE, "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books)).toEqual([`true_up ${amount} USD`]);
    expect(clause(books, settled, "true_up")).toMatchObject({
      outcome: "earned",
      reason: "volume",
      mode,
      payments: 3,
      base: 600_000n,
      slices: slices.map(([from, base]) => ({ from, base })),
      due: amount,
      already: 0n,
      amount,
      rounding: "half_away_from_zero",
    });
  });

  it("is a bonus of nobody's, in hold from its settlement on, that names its days", () => {
    const sequence = january(termsOf());
    sequence.trueUp(DATE, "volume", JANUARY);
    const earned = sequence.run().outcomes.findLast(({ kind }) => kind === "earned");
    expect(earned).toMatchObject({
      commission: {
        type: "bonus",
        referralId: null,
        transactionId: null,
        period: { start: "2024-01-01", end: "2024-01-31" },
        holdUntil: new Date("2024-03-02T12:00:00Z"),
      },
    });
  });

  it("is counted without tax, takes the tier's multiplier, and is rounded once", () => {
    const sequence = partnerWith(
      termsOf({ steps: [{ from: 1n, ratePpm: 10_000n }] }, { tierMultiplierPpm: 1_500_000n }),
    );
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 1_200n, tax: 200n });
    sequence.pay("ann", "two", at("2024-01-03"), { amount: 34n });
    sequence.pay("ann", "three", at("2024-01-04"), { amount: 66n });
    const settled = sequence.trueUp(DATE, "volume", JANUARY);
    const books = sequence.run();
    // 11.00 above the first 0.01, at 1.5 %: 16.485.
    expect(clause(books, settled, "true_up")).toMatchObject({ base: 1_100n, product: "16.485", amount: 16n });
  });

  it("counts payments in the plan's currency alone, and those alone that earned a share of themselves", () => {
    const sequence = partnerWith(termsOf());
    sequence.pay("ann", "euros", at("2024-01-02"), { amount: 900_000n, currency: "EUR" });
    sequence.spend("ann", "card", at("2024-01-03"), { amount: 900_000n });
    sequence.pay("nobody", "stranger", at("2024-01-04"), { amount: 900_000n });
    sequence.pay("ann", "dollars", at("2024-01-05"), { amount: 100_000n });
    const settled = sequence.trueUp(DATE, "volume", JANUARY);
    const books = sequence.run();
    expect(clause(books, settled, "true_up")).toMatchObject({ payments: 1, base: 100_000n, due: 0n });
    expect(reasons(books, settled)).toEqual(["true_up nothing: below_first_step"]);
  });

  it("is that of the programme's days", () => {
    const terms = termsOf({ steps: [{ from: 0n, ratePpm: 10_000n }] }, { timeZone: "America/New_York" });
    const sequence = partnerWith(terms);
    sequence.pay("ann", "still december", "2024-01-01T04:59:59Z", { amount: 10_000n });
    sequence.pay("ann", "first", "2024-01-01T05:00:00Z", { amount: 20_000n });
    sequence.pay("ann", "last", "2024-02-01T04:59:59Z", { amount: 40_000n });
    sequence.pay("ann", "february", "2024-02-01T05:00:00Z", { amount: 80_000n });
    sequence.trueUp(DATE, "volume", JANUARY);
    expect(trueUps(sequence.run())).toEqual(["true_up 600 USD"]);
  });
});

describe("a rolling window", () => {
  const window = { ...JANUARY, windowStart: "2023-11-03" };
  it.each([
    // 900.00 before January: 6,900.00 reach the second step; January's 6,000.00 lie from 900.00 to 6,900.00.
    ["graduated" as const, 17_500n],
    // 800.00 come after 900.00, 700.00 after 1,700.00, 4,500.00 after 2,400.00.
    ["prospective" as const, 10_400n],
    ["retroactive" as const, 30_000n],
  ])("of 90 days decides the step, and January's volume alone earns: %s", (mode, amount) => {
    const sequence = january(termsOf({ mode, period: "rolling", windowDays: 90 }));
    const settled = sequence.trueUp(DATE, "volume", window);
    const books = sequence.run();
    expect(clause(books, settled, "true_up")).toMatchObject({ baseBefore: 90_000n, base: 600_000n, amount });
  });
});

describe("a period that is settled again", () => {
  it("earns nothing anew where nothing has changed", () => {
    const sequence = january(termsOf());
    sequence.trueUp(DATE, "volume", JANUARY);
    const again = sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books)).toEqual(["true_up 13000 USD"]);
    expect(reasons(books, again)).toEqual(["true_up nothing: unchanged"]);
  });

  it("gives back what a refund took of its volume: the part above the threshold first where it is graduated", () => {
    const sequence = january(termsOf());
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.refund("ann", "three", "back", at("2024-02-03"), 150_000n);
    const again = sequence.trueUp(at("2024-02-04"), "volume", JANUARY);
    const books = sequence.run();
    // 4,500.00 are left: 3,500.00 at 2 %.
    expect(trueUps(books)).toEqual(["true_up 13000 USD", "true_up.reversal -6000 USD"]);
    expect(reasons(books, again)).toEqual(["true_up reversed: volume_fell", "reversal reversed: taken_back"]);
  });

  it("gives it to the partner again, in a hold of its own, when the chargeback is won", () => {
    const sequence = january(termsOf({ mode: "retroactive" }));
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.chargeBack("ann", "three", "charged", at("2024-02-03"), 450_000n);
    sequence.trueUp(at("2024-02-04"), "volume", JANUARY);
    sequence.winChargeback("ann", "charged", "won", at("2024-05-01"), 450_000n);
    sequence.trueUp(at("2024-05-02"), "volume", JANUARY);
    // 1,500.00 are left at 2 %, then all of it is at 5 % again.
    expect(trueUps(sequence.run())).toEqual(["true_up 30000 USD", "true_up.reversal -27000 USD", "true_up 27000 USD"]);
  });

  it("takes from the latest first, and never more than there is", () => {
    const sequence = partnerWith(termsOf({ mode: "retroactive", steps: [{ from: 0n, ratePpm: 10_000n }] }));
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.pay("ann", "late", at("2024-01-03"), { amount: 50_000n });
    sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    sequence.refund("ann", "one", "back", at("2024-02-03"), 100_000n);
    sequence.trueUp(at("2024-02-04"), "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books)).toEqual([
      "true_up 1000 USD",
      "true_up 500 USD",
      "true_up.reversal -500 USD",
      "true_up.reversal -500 USD",
    ]);
    const left = [...books.facts.commissions.values()].filter(({ rule }) => rule === "true_up");
    expect(left.map(({ amount, reversed }) => amount - reversed)).toEqual([500n, 0n]);
  });

  it("loses what a rejected customer brought, and nothing of another month", () => {
    const sequence = january(termsOf({ mode: "retroactive" }));
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.reject("ann", at("2024-02-02"), true);
    sequence.trueUp(at("2024-02-03"), "volume", JANUARY);
    const february = { periodStart: "2024-02-01", periodEnd: "2024-02-29", windowStart: "2024-02-01" };
    sequence.trueUp(at("2024-03-01"), "volume", february);
    expect(trueUps(sequence.run()).slice(0, 2)).toEqual(["true_up 30000 USD", "true_up.reversal -30000 USD"]);
    expect(trueUps(sequence.run())).toHaveLength(2);
  });

  it("earns nothing again of what a person ended", () => {
    const sequence = january(termsOf());
    sequence.trueUp(DATE, "volume", JANUARY);
    const id = [...sequence.run().facts.commissions.values()].find(({ rule }) => rule === "true_up")?.id ?? "";
    sequence.closeByHand([id], at("2024-02-02"));
    const same = sequence.trueUp(at("2024-02-03"), "volume", JANUARY);
    sequence.refund("ann", "three", "back", at("2024-02-04"), 450_000n);
    const less = sequence.trueUp(at("2024-02-05"), "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books)).toEqual(["true_up 13000 USD"]);
    expect([reasons(books, same), reasons(books, less)]).toEqual([
      ["true_up nothing: unchanged"],
      ["true_up nothing: closed"],
    ]);
  });
});

describe("a partner that ends", () => {
  it("before the period does earns no true-up for it, also where that had been settled", () => {
    const sequence = january(termsOf());
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.terminate(at("2024-01-20"));
    const again = sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books)).toEqual(["true_up 13000 USD", "true_up.reversal -13000 USD"]);
    expect(reasons(books, again)[0]).toBe("true_up reversed: after_termination");
  });

  it("after it keeps it; what was earned while it was suspended is cancelled", () => {
    const kept = january(termsOf());
    kept.trueUp(DATE, "volume", JANUARY);
    kept.terminate(at("2024-02-10"));
    expect(trueUps(kept.run())).toEqual(["true_up 13000 USD"]);

    const held = january(termsOf());
    held.suspend(at("2024-01-31"));
    held.trueUp(DATE, "volume", JANUARY);
    held.terminate(at("2024-02-10"));
    expect(earnings(held.run())).toContain("cancelled 13000");
  });
});

describe("a re-assessment", () => {
  it("leaves true-ups as they are: they follow it when they are settled again", () => {
    const terms = termsOf({ mode: "retroactive" });
    const sequence = january(terms);
    sequence.trueUp(DATE, "volume", JANUARY);
    sequence.reassess(at("2024-02-02"), "again");
    sequence.trueUp(at("2024-02-03"), "volume", JANUARY);
    expect(trueUps(sequence.run())).toEqual(["true_up 30000 USD"]);
  });
});

describe("terms without a true-up", () => {
  it("earn none", () => {
    const sequence = january(termsOfTier("tier1", { id: "volume" }));
    const settled = sequence.trueUp(DATE, "volume", JANUARY);
    expect(reasons(sequence.run(), settled)).toEqual(["true_up nothing: no_true_up"]);
  });
});

describe("periods", () => {
  const ending = (period: VolumeTrueUp["period"], windowDays: number | null = null) =>
    endedMonths("2024-04-15", 12).map((month) => periodEndingWith({ period, windowDays }, month));

  it("end with their last month", () => {
    expect(ending("month")[0]).toEqual({
      periodStart: "2024-03-01",
      periodEnd: "2024-03-31",
      windowStart: "2024-03-01",
    });
    expect(ending("month")[1]).toMatchObject({ periodStart: "2024-02-01", periodEnd: "2024-02-29" });
    expect(ending("quarter").filter(Boolean)).toMatchObject([
      { periodStart: "2024-01-01", periodEnd: "2024-03-31" },
      { periodStart: "2023-10-01", periodEnd: "2023-12-31" },
      { periodStart: "2023-07-01", periodEnd: "2023-09-30" },
      { periodStart: "2023-04-01", periodEnd: "2023-06-30" },
    ]);
    expect(ending("year").filter(Boolean)).toMatchObject([{ periodStart: "2023-01-01", periodEnd: "2023-12-31" }]);
    expect(ending("rolling", 90)[0]).toEqual({
      periodStart: "2024-03-01",
      periodEnd: "2024-03-31",
      windowStart: "2024-01-02",
    });
  });

  it("of the running month are not over", () => {
    expect(endedMonths("2024-04-30", 1)).toEqual(["2024-03-01"]);
    expect(endedMonths("2024-05-01", 1)).toEqual(["2024-04-01"]);
  });
});
