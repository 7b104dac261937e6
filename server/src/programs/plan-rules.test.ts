import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS, defaultTiers } from "./default-tiers.ts";
import { parsePlan, planDocumentOf, resolveTerms } from "./plan-rules.ts";
import type { TierDocument } from "./plan-schema.ts";

const { tier1, tier2, tier3 } = DEFAULT_TIERS;

const withTier2 = (change: Partial<TierDocument>) => ({ tiers: { ...DEFAULT_TIERS, tier2: { ...tier2, ...change } } });
const refusal = (work: () => unknown): { code?: string; field?: unknown } => {
  try {
    work();
  } catch (error) {
    const { code, facts } = error as { code: string; facts: { field: string } };
    return { code, field: facts.field };
  }
  return {};
};

describe("the default plan", () => {
  const plans = parsePlan({ tiers: DEFAULT_TIERS });

  it("is the table of the guide to the rules of money, to the unit", () => {
    expect(plans.tier1).toMatchObject({
      signupBonus: 5_000n,
      recurringRatePpm: 100_000n,
      recurringDuration: 12,
      transactionRatePpm: 0n,
      volumeBonuses: [],
      revenueSharePpm: 0n,
      holdDays: 30,
      attributionWindowDays: 30,
    });
    expect(plans.tier2).toMatchObject({
      signupBonus: 10_000n,
      recurringRatePpm: 250_000n,
      recurringDuration: null,
      transactionRatePpm: 1_000n,
      volumeBonuses: [
        { threshold: 50, bonusPpm: 50_000n },
        { threshold: 100, bonusPpm: 100_000n },
      ],
      volumeBonusMode: "multiplicative",
      attributionWindowDays: 60,
      eligibility: { qualifiedReferrals: { minimum: 10, days: 365 } },
    });
    expect(plans.tier3).toMatchObject({
      signupBonus: 0n,
      recurringRatePpm: 0n,
      revenueSharePpm: 500_000n,
      mode: "share",
      setupFee: 5_000_000n,
      monthlyLicense: 1_000_000n,
      customCardFee: 500_000n,
      supportFee: 200_000n,
      attributionWindowDays: 90,
    });
    expect(plans.tier4).toMatchObject({
      recurringRatePpm: 150_000n,
      recurringDuration: null,
      integrationFee: 0n,
      coMarketingBudget: 500_000n,
      attributionWindowDays: 90,
      eligibility: { partnershipAgreement: true },
    });
    const minimums = Object.values(plans).map(({ minimumPayout }) => minimumPayout.get("USD"));
    expect(minimums).toEqual([5_000n, 10_000n, 100_000n, 20_000n]);
    expect(Object.values(plans).map((plan) => [plan.tierMultiplierPpm, plan.qualifyingMinimum])).toEqual(
      Array(4).fill([1_000_000n, 0n]),
    );
    expect(plans.tier4.features).toContain("webhooks");
    expect(plans.tier1.features).not.toContain("webhooks");
  });

  it("has the same figures in a currency without decimals, and in one with three", () => {
    expect(parsePlan({ tiers: defaultTiers("JPY") }).tier1.signupBonus).toBe(50n);
    expect(parsePlan({ tiers: defaultTiers("KWD") }).tier1.minimumPayout.get("KWD")).toBe(50_000n);
  });

  it("fits its own schema, which refuses what is no plan and names the field", () => {
    expect(planDocumentOf({ tiers: DEFAULT_TIERS })).toEqual({ tiers: DEFAULT_TIERS });
    expect(refusal(() => planDocumentOf({ tiers: { ...DEFAULT_TIERS, tier1: { ...tier1, holdDays: "30" } } }))).toEqual(
      {
        code: "plan.invalid",
        field: "tiers.tier1.holdDays",
      },
    );
    expect(refusal(() => planDocumentOf(null)).code).toBe("plan.invalid");
  });
});

const STEP = { from: 1, rate: 0.5 };
const TRUE_UP: NonNullable<TierDocument["volumeTrueUp"]> = { period: "month", mode: "graduated", steps: [STEP] };

describe("a plan is refused, with its field, for", () => {
  it.each<[string, Partial<TierDocument>, string, string]>([
    ["a rate below the range", { recurringRate: 0.19 }, "plan.rate_out_of_range", "recurringRate"],
    ["a rate above the range", { recurringRate: 0.300001 }, "plan.rate_out_of_range", "recurringRate"],
    ["a rate of seven places", { transactionRate: 0.0000001 }, "plan.rate_invalid", "transactionRate"],
    ["a negative rate", { transactionRate: -0.1 }, "plan.rate_invalid", "transactionRate"],
    [
      "a range that ends before it begins",
      { recurringRateRange: { minimum: 0.3, maximum: 0.2 } },
      "plan.range_inverted",
      "recurringRateRange",
    ],
    [
      "bonuses out of order",
      { volumeBonuses: [...(tier2.volumeBonuses ?? [])].toReversed() },
      "plan.bonuses_not_ascending",
      "volumeBonuses.1",
    ],
    [
      "a bonus that falls",
      {
        volumeBonuses: [
          { threshold: 1, bonus: 0.1 },
          { threshold: 2, bonus: 0.05 },
        ],
      },
      "plan.bonuses_not_ascending",
      "volumeBonuses.1",
    ],
    [
      "bonuses at one threshold",
      {
        volumeBonuses: [
          { threshold: 2, bonus: 0.05 },
          { threshold: 2, bonus: 0.1 },
        ],
      },
      "plan.bonuses_not_ascending",
      "volumeBonuses.1",
    ],
    [
      "a bonus from the start",
      { volumeBonuses: [{ threshold: 0, bonus: 0.1 }] },
      "plan.bonuses_not_ascending",
      "volumeBonuses.0",
    ],
    [
      "a bonus of seven places",
      { volumeBonuses: [{ threshold: 1, bonus: 0.1234567 }] },
      "plan.rate_invalid",
      "volumeBonuses.0.bonus",
    ],
    [
      "a range of seven places",
      { recurringRateRange: { minimum: 0.0000001, maximum: 1 } },
      "plan.rate_invalid",
      "recurringRateRange.minimum",
    ],
    [
      "a range that ends at seven places",
      { recurringRateRange: { minimum: 0, maximum: 0.9999999 } },
      "plan.rate_invalid",
      "recurringRateRange.maximum",
    ],
    [
      "a share below its range",
      { revenueShare: 0.1, revenueShareRange: { minimum: 0.2, maximum: 0.3 } },
      "plan.rate_out_of_range",
      "revenueShare",
    ],
    ["a share that is no rate", { revenueShare: Number.NaN }, "plan.rate_invalid", "revenueShare"],
    ["a recurring rate that is none", { recurringRate: -1 }, "plan.rate_invalid", "recurringRate"],
    ["a multiplier that is none", { tierMultiplier: -1 }, "plan.rate_invalid", "tierMultiplier"],
    ["more than a century of months", { recurringDuration: 1_201 }, "plan.duration_invalid", "recurringDuration"],
    ["half a month", { recurringDuration: 1.5 }, "plan.duration_invalid", "recurringDuration"],
    ["a hold that has ended", { holdDays: -1 }, "plan.hold_out_of_range", "holdDays"],
    ["more than a year of hold", { holdDays: 366 }, "plan.hold_out_of_range", "holdDays"],
    ["half a cent to qualify", { qualifyingMinimum: 0.5 }, "plan.amount_invalid", "qualifyingMinimum"],
    ["half a cent of set-up", { setupFee: 0.5 }, "plan.amount_invalid", "setupFee"],
    ["half a cent of licence", { monthlyLicense: 0.5 }, "plan.amount_invalid", "monthlyLicense"],
    ["half a cent for cards", { customCardFee: 0.5 }, "plan.amount_invalid", "customCardFee"],
    ["half a cent of support", { supportFee: 0.5 }, "plan.amount_invalid", "supportFee"],
    ["half a cent for an integration", { integrationFee: 0.5 }, "plan.amount_invalid", "integrationFee"],
    ["half a cent of marketing", { coMarketingBudget: 0.5 }, "plan.amount_invalid", "coMarketingBudget"],
    [
      "an eligibility that ends before it begins",
      { eligibility: { setupFee: { minimum: 2, maximum: 1 } } },
      "plan.range_inverted",
      "eligibility.setupFee",
    ],
    [
      "half a cent to be eligible",
      { eligibility: { setupFee: { minimum: 0.5, maximum: 1 } } },
      "plan.amount_invalid",
      "eligibility.setupFee.minimum",
    ],
    [
      "an eligibility that ends at half a cent",
      { eligibility: { monthlyLicense: { minimum: 0, maximum: 1.5 } } },
      "plan.amount_invalid",
      "eligibility.monthlyLicense.maximum",
    ],
    ["a signup beyond any sale", { signupBonus: 100_000_000_000_001 }, "plan.amount_invalid", "signupBonus"],
    ["what multiplies past ten", { tierMultiplier: 36.363637 }, "plan.rate_too_high", "recurringRate"],
    [
      "spend that multiplies past ten",
      { transactionRate: 1, tierMultiplier: 11 },
      "plan.rate_too_high",
      "transactionRate",
    ],
    [
      "a share that multiplies past ten",
      { revenueShare: 0.5, tierMultiplier: 21 },
      "plan.rate_too_high",
      "revenueShare",
    ],
    [
      "a true-up whose highest step multiplies past ten",
      { volumeTrueUp: { ...TRUE_UP, steps: [STEP, { from: 2, rate: 1 }] }, tierMultiplier: 11 },
      "plan.rate_too_high",
      "volumeTrueUp",
    ],
    [
      "a true-up of a month with a window",
      { volumeTrueUp: { ...TRUE_UP, windowDays: 90 } },
      "plan.volume_window_invalid",
      "volumeTrueUp.windowDays",
    ],
    ["a window of 29 days", { attributionWindowDays: 29 }, "plan.window_out_of_range", "attributionWindowDays"],
    ["a window of 91 days", { attributionWindowDays: 91 }, "plan.window_out_of_range", "attributionWindowDays"],
    ["half a day of hold", { holdDays: 0.5 }, "plan.hold_out_of_range", "holdDays"],
    ["no months at all", { recurringDuration: 0 }, "plan.duration_invalid", "recurringDuration"],
    ["half a cent", { signupBonus: 0.5 }, "plan.amount_invalid", "signupBonus"],
    ["less than nothing", { minimumPayout: { USD: -1 } }, "plan.amount_invalid", "minimumPayout.USD"],
    ["a currency that is none", { minimumPayout: { QQQ: 1 } }, "plan.currency_unknown", "minimumPayout.QQQ"],
  ])("%s", (_case, change, code, field) => {
    expect(refusal(() => parsePlan(withTier2(change)))).toEqual({ code, field: `tiers.tier2.${field}` });
  });
});

describe("a plan may", () => {
  it.each<[string, Partial<TierDocument>]>([
    ["have a range of one rate", { recurringRate: 0.2, recurringRateRange: { minimum: 0.2, maximum: 0.2 } }],
    ["pay for one month, or for a century", { recurringDuration: 1_200 }],
    ["pay for one month alone", { recurringDuration: 1 }],
    ["hold nothing", { holdDays: 0 }],
    ["hold for a year", { holdDays: 365 }],
    ["track for 30 days", { attributionWindowDays: 30 }],
    ["track for 90 days", { attributionWindowDays: 90 }],
    [
      "give the same bonus twice",
      {
        volumeBonuses: [
          { threshold: 1, bonus: 0.1 },
          { threshold: 2, bonus: 0.1 },
        ],
      },
    ],
    ["ask for one fee alone", { eligibility: { setupFee: { minimum: 5, maximum: 5 } } }],
    // 0.3 × (1 + 0.1) × 30.303030 = 9.9999999, the most that six places come to.
    ["multiply up to ten", { recurringRate: 0.3, tierMultiplier: 30.30303 }],
    ["give points up to ten", { recurringRate: 0.3, volumeBonusMode: "points", tierMultiplier: 25 }],
    [
      "give points beside no rate, which earn nothing, by whatever they are multiplied",
      {
        recurringRate: 0,
        recurringRateRange: { minimum: 0, maximum: 0.3 },
        volumeBonusMode: "points",
        volumeBonuses: [{ threshold: 1, bonus: 0.2 }],
        tierMultiplier: 100,
      },
    ],
    [
      "multiply a true-up up to ten",
      { recurringRate: 0.2, volumeTrueUp: { ...TRUE_UP, steps: [STEP, { from: 2, rate: 1 }] }, tierMultiplier: 10 },
    ],
    ["multiply spend up to ten", { recurringRate: 0.2, transactionRate: 1, tierMultiplier: 10 }],
    ["pay as much as any sale for a signup", { signupBonus: 100_000_000_000_000 }],
  ])("%s", (_what, change) => expect(refusal(() => parsePlan(withTier2(change)))).toEqual({}));

  it("leave out what has a usual value", () => {
    const { minimumPayout, holdDays, attributionWindowDays, features } = tier1;
    const bare = { minimumPayout, holdDays, attributionWindowDays, features };
    expect(parsePlan({ tiers: { ...DEFAULT_TIERS, tier1: bare } }).tier1).toMatchObject({
      signupBonus: 0n,
      recurringRatePpm: 0n,
      recurringDuration: null,
      transactionRatePpm: 0n,
      volumeBonuses: [],
      volumeBonusMode: "multiplicative",
      revenueSharePpm: 0n,
      mode: "share",
      tierMultiplierPpm: 1_000_000n,
      qualifyingMinimum: 0n,
      eligibility: {},
    });
  });

  it("ask for what it likes before an upgrade, and what it leaves out is not asked for", () => {
    const ask = (eligibility: NonNullable<TierDocument["eligibility"]>) =>
      parsePlan(withTier2({ eligibility })).tier2.eligibility;
    const qualifiedReferrals = { minimum: 3, days: 30 };
    expect(ask({ qualifiedReferrals })).toEqual({ qualifiedReferrals });
    expect(ask({ partnershipAgreement: true })).toEqual({ partnershipAgreement: true });
    expect(ask({ setupFee: { minimum: 5, maximum: 6 } })).toEqual({ setupFee: { minimum: 5n, maximum: 6n } });
    expect(ask({})).toEqual({});
  });

  it("say each thing otherwise", () => {
    const said = { volumeBonusMode: "points", mode: "licence", tierMultiplier: 1.5, qualifyingMinimum: 900 } as const;
    expect(parsePlan(withTier2(said)).tier2).toMatchObject({
      volumeBonusMode: "points",
      mode: "licence",
      tierMultiplierPpm: 1_500_000n,
      qualifyingMinimum: 900n,
    });
  });
});

describe("overrides", () => {
  it("replace the tier's figures, inside its range, its limits included", () => {
    expect(resolveTerms(tier2, { recurringRate: 0.3 })).toMatchObject({
      recurringRatePpm: 300_000n,
      signupBonus: 10_000n,
    });
    expect(resolveTerms(tier3, { mode: "licence", revenueShare: 0.4 })).toMatchObject({
      mode: "licence",
      revenueSharePpm: 400_000n,
    });
    expect(resolveTerms(tier2, { minimumPayout: { EUR: 1 } }).minimumPayout).toEqual(new Map([["EUR", 1n]]));
    expect(resolveTerms(tier1, { recurringDuration: null }).recurringDuration).toBeNull();
  });

  it("outside the range are refused", () => {
    expect(refusal(() => resolveTerms(tier2, { recurringRate: 0.31 }))).toEqual({
      code: "plan.rate_out_of_range",
      field: "overrides.recurringRate",
    });
    expect(refusal(() => resolveTerms(tier3, { revenueShare: 0.39 })).code).toBe("plan.rate_out_of_range");
  });
});
