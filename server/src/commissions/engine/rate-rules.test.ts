import { describe, expect, it } from "vitest";
import { at, clause, earnings, partnerWith, termsOfTier } from "../../../test/kit/engine.ts";
import { DEFAULT_TIERS, parsePlan, type RateRuleDocument, type Terms } from "../../programs/index.ts";

const rulesOf = (rateRules: RateRuleDocument[]): Pick<Terms, "rateRules"> =>
  parsePlan({ tiers: { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, rateRules } } }).tier1;
const termsWith = (rateRules: RateRuleDocument[], changes: Partial<Terms> = {}) =>
  termsOfTier("tier1", { id: "ruled", signupBonus: 0n, rateRules: rulesOf(rateRules).rateRules, ...changes });

describe("a rule of a plan", () => {
  it("takes the place of the rate for the payments that it fits, and the receipt tells of every rule that was tried", () => {
    const sequence = partnerWith(
      termsWith([
        { name: "cloud", when: { products: ["cloud"] }, rate: 0.2 },
        { name: "yearly cloud", when: { products: ["cloud"], planCodes: ["yearly"] }, rate: 0.3 },
        { name: "france", when: { products: ["desk"], countries: ["FR"] }, rate: 0 },
      ]),
    );
    const yearly = sequence.pay("ann", "p1", at("2024-01-01"), {
      amount: 1_000n,
      product: "cloud",
      planCode: "yearly",
    });
    sequence.pay("ann", "p2", at("2024-01-02"), { amount: 1_000n, product: "cloud" });
    const plain = sequence.pay("ann", "p3", at("2024-01-03"), { amount: 1_000n });
    const none = sequence.pay("ann", "p4", at("2024-01-04"), { amount: 1_000n, product: "desk", country: "FR" });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 300 USD", "recurring 200 USD", "recurring 100 USD"]);
    expect(clause(books, yearly, "recurring")).toMatchObject({
      rate: 0.3,
      rateRule: "yearly cloud",
      sale: { product: "cloud", planCode: "yearly", country: null, currency: "USD", payment: "first" },
      rateRules: [
        { name: "cloud", outcome: "passed_over", reason: "narrower_rule_fits" },
        { name: "yearly cloud", outcome: "chosen", reason: "narrowest_that_fits" },
        { name: "france", outcome: "passed_over", reason: "product_does_not_fit" },
      ],
    });
    expect(clause(books, plain, "recurring")).not.toHaveProperty("rateRule");
    expect(clause(books, none, "recurring")).toMatchObject({
      outcome: "nothing",
      reason: "no_rate",
      rateRule: "france",
    });
  });

  it("tells the payment that qualifies a customer from the others, also where it earns nothing by the tier's own rate", () => {
    const terms = termsWith([{ name: "first", when: { payment: "first", currency: "USD" }, amount: 700 }], {
      recurringRatePpm: 0n,
    });
    const sequence = partnerWith(terms);
    const first = sequence.pay("ann", "p1", at("2024-01-02"), { amount: 100n });
    const second = sequence.pay("ann", "p2", at("2024-01-03"), { amount: 100n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 700 USD"]);
    expect(clause(books, first, "recurring")).toMatchObject({
      reason: "flat",
      rounding: "half_away_from_zero",
      product: "700",
    });
    expect(clause(books, second, "recurring")).toMatchObject({ reason: "no_rate" });
  });

  it("goes by the age of the customer in days of 24 hours since the conversion, and ends with the months", () => {
    const sequence = partnerWith(
      termsWith([{ name: "young", when: { customerAge: { toDays: 30 } }, rate: 0.5 }], { recurringDuration: 2 }),
    );
    sequence.pay("ann", "p1", "2020-01-31T23:59:59Z", { amount: 1_000n });
    sequence.pay("ann", "p2", "2020-02-01T00:00:00Z", { amount: 1_000n });
    const over = sequence.pay("ann", "p3", "2020-04-01T00:00:00Z", { amount: 1_000n });
    const books = sequence.run();
    expect(earnings(books)).toEqual(["recurring 500 USD", "recurring 100 USD"]);
    expect(clause(books, over, "recurring")).toMatchObject({ reason: "months_are_over" });
  });

  it("with a rate takes bonus and multiplier; with an amount it is paid as it stands, and refunded in proportion", () => {
    const sequence = partnerWith(
      termsWith(
        [
          { name: "a", when: { products: ["a"] }, rate: 0.2 },
          { name: "b", when: { products: ["b"], currency: "USD" }, amount: 333 },
        ],
        { volumeBonuses: [{ threshold: 1, bonusPpm: 500_000n }], tierMultiplierPpm: 2_000_000n },
      ),
    );
    sequence.pay("ann", "p1", at("2024-01-01"), { amount: 1_000n, product: "a" });
    sequence.pay("ann", "p2", at("2024-01-02"), { amount: 900n, product: "b" });
    sequence.pay("ann", "p3", at("2024-01-03"), { amount: 900n, product: "b", currency: "EUR" });
    sequence.pay("ann", "p4", at("2024-01-04"), { amount: 0n, product: "b" });
    sequence.refund("ann", "p2", "r1", at("2024-01-05"), 300n);
    sequence.refund("ann", "p2", "r2", at("2024-01-06"), 600n);
    expect(earnings(sequence.run())).toEqual([
      "recurring 600 USD",
      "recurring 333 USD",
      "recurring 270 EUR",
      "recurring.reversal -111 USD",
      "recurring.reversal -222 USD",
    ]);
  });
});
