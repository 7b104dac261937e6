import { describe, expect, it } from "vitest";
import {
  assessBatch,
  at,
  type Books,
  clause,
  earnings,
  emptyBooks,
  partnerWith,
  reasons,
  recordedSequence,
  termsOfTier,
} from "../../../test/kit/engine.ts";
import type { Terms, VolumeTrueUp } from "../../programs/index.ts";
import type { TrueUpPeriod } from "./true-up-period.ts";

const JANUARY: TrueUpPeriod = { periodStart: "2024-01-01", periodEnd: "2024-01-31", windowStart: "2024-01-01" };

/** 1 % of all volume, unless a test says otherwise. */
const termsOf = (rule: Partial<VolumeTrueUp> = {}, more: Partial<Terms> = {}): Terms => {
  const steps = [{ from: 0n, ratePpm: 10_000n }];
  return termsOfTier("tier1", {
    id: "volume",
    recurringDuration: null,
    volumeTrueUp: { period: "month", windowDays: null, mode: "retroactive", steps, ...rule },
    ...more,
  });
};
const trueUps = (books: Books): string[] => earnings(books).filter((row) => row.startsWith("true_up"));
const standing = ({ facts }: Books): bigint[][] =>
  [...facts.commissions.values()]
    .filter(({ rule }) => rule === "true_up")
    .map(({ amount, reversed }) => [amount, reversed]);

describe("the receipt of a settlement", () => {
  it("says what has grown, by how much, and what had been given", () => {
    const sequence = partnerWith(termsOf());
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    const first = sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    sequence.pay("ann", "late", at("2024-01-03"), { amount: 50_000n });
    const again = sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    const books = sequence.run();
    expect(clause(books, first, "true_up")).toMatchObject({
      reason: "volume",
      due: 1_000n,
      already: 0n,
      amount: 1_000n,
    });
    expect(clause(books, again, "true_up")).toMatchObject({
      outcome: "earned",
      reason: "volume_grew",
      due: 1_500n,
      already: 1_000n,
      amount: 500n,
    });
  });

  it("says what it takes back in all, of however many it is taken", () => {
    const sequence = partnerWith(termsOf());
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    sequence.pay("ann", "late", at("2024-01-03"), { amount: 50_000n });
    sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    sequence.refund("ann", "one", "back", at("2024-02-03"), 80_000n);
    const again = sequence.trueUp(at("2024-02-04"), "volume", JANUARY);
    const books = sequence.run();
    expect(clause(books, again, "true_up")).toMatchObject({
      outcome: "reversed",
      reason: "volume_fell",
      due: 700n,
      already: 1_500n,
      amount: -800n,
    });
    expect(standing(books)).toEqual([
      [1_000n, 300n],
      [500n, 500n],
    ]);
  });
});

describe("what is taken back", () => {
  it("is never more than is left of a commission of which a part was taken before", () => {
    const sequence = partnerWith(termsOf());
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    sequence.pay("ann", "late", at("2024-01-03"), { amount: 50_000n });
    sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    sequence.refund("ann", "late", "first back", at("2024-02-03"), 20_000n);
    sequence.trueUp(at("2024-02-04"), "volume", JANUARY);
    sequence.refund("ann", "one", "second back", at("2024-02-05"), 60_000n);
    sequence.trueUp(at("2024-02-06"), "volume", JANUARY);
    const books = sequence.run();
    expect(trueUps(books).slice(2)).toEqual([
      "true_up.reversal -200 USD",
      // 3.00 are left of the second; the rest of 6.00 is taken of the first.
      "true_up.reversal -300 USD",
      "true_up.reversal -300 USD",
    ]);
    expect(standing(books)).toEqual([
      [1_000n, 300n],
      [500n, 500n],
    ]);
  });
});

describe("what had been given", () => {
  it.each([
    ["begins", { periodStart: "2024-01-01", periodEnd: "2024-03-31", windowStart: "2024-01-01" }],
    ["ends", { periodStart: "2023-11-01", periodEnd: "2024-01-31", windowStart: "2023-11-01" }],
  ])("is what was given for the very same days: a period that %s alike had nothing", (_, period) => {
    const sequence = partnerWith(termsOf());
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    const settled = sequence.trueUp(at("2024-04-01"), "volume", period);
    expect(clause(sequence.run(), settled, "true_up")).toMatchObject({ already: 0n, amount: 1_000n });
  });

  it("and the volume are each partner's own, though one run settles both", () => {
    const sequences = { one: recordedSequence("one"), two: recordedSequence("two") };
    for (const [name, sequence] of Object.entries(sequences)) {
      sequence.approve();
      sequence.convert(`ann of ${name}`, "volume");
    }
    sequences.one.pay("ann of one", "p1", at("2024-01-02"), { amount: 100_000n });
    sequences.two.pay("ann of two", "p2", at("2024-01-02"), { amount: 30_000n });
    for (const sequence of Object.values(sequences)) sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    for (const sequence of Object.values(sequences)) sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    const events = [...sequences.one.events, ...sequences.two.events];
    const { outcomes } = assessBatch(emptyBooks(), events, [termsOf()]);
    const given = outcomes.flatMap((one) =>
      "commission" in one && one.commission.rule.startsWith("true_up")
        ? `${one.commission.partnerId} ${one.commission.amount}`
        : [],
    );
    expect(given).toEqual(["one 1000", "two 300"]);
  });
});

describe("volume", () => {
  it("holds no payment whose commission a re-assessment has lowered to nothing", () => {
    const sequence = partnerWith(termsOf(), termsOf({}, { id: "nothing", recurringRatePpm: 0n }));
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.reassess(at("2024-01-20"), "down", "nothing");
    const settled = sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
    expect(clause(sequence.run(), settled, "true_up")).toMatchObject({ payments: 0, base: 0n, due: 0n });
  });

  it("of one instant adds up in the order of ids, in whichever order it was recorded", () => {
    const steps = [{ from: 10_000n, ratePpm: 10_000n }];
    const earnedOf = (...ids: readonly [string, bigint][]) => {
      const sequence = partnerWith(termsOf({ mode: "prospective", steps }));
      for (const [id, amount] of ids) sequence.pay("ann", id, at("2024-01-02"), { amount });
      sequence.trueUp(at("2024-02-01"), "volume", JANUARY);
      return trueUps(sequence.run());
    };
    const [first, second] = [
      ["a", 10_000n],
      ["b", 40_000n],
    ] as const;
    // The first reaches the threshold, the second is rated: 400.00 at 1 %.
    expect(earnedOf([...first], [...second])).toEqual(["true_up 400 USD"]);
    expect(earnedOf([...second], [...first])).toEqual(["true_up 400 USD"]);
  });
});

describe("a partner's end", () => {
  it.each([
    ["2024-02-01T05:00:00.000Z", "earned: volume"],
    ["2024-02-01T04:59:59.999Z", "earned: volume"],
    ["2024-02-01T04:59:59.998Z", "nothing: after_termination"],
  ])("at %s counts against the last instant of the period, in the programme's days: %s", (end, said) => {
    const sequence = partnerWith(termsOf({}, { timeZone: "America/New_York" }));
    sequence.pay("ann", "one", at("2024-01-02"), { amount: 100_000n });
    sequence.terminate(end);
    const settled = sequence.trueUp(at("2024-02-02"), "volume", JANUARY);
    expect(reasons(sequence.run(), settled)).toEqual([`true_up ${said}`]);
  });
});
