import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS, type PublishedHead, parsePlan, type Terms } from "../programs/index.ts";
import { commissionRateOf, followingTerms, termsView } from "./terms-rules.ts";

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const head = (version: number, effectiveFrom: Date | null): PublishedHead =>
  ({ id: `plan${version}`, version, effectiveFrom }) as PublishedHead;
const plans = parsePlan({ tiers: DEFAULT_TIERS });

describe("a partner who follows the plan", () => {
  it("has terms of the version in force from its own first day, and of each that is to come from that one's", () => {
    const following = { partnerId: "p", tier: "tier2", from: day(12), reason: "upgrade" } as const;
    const heads = [head(1, null), head(2, day(10)), head(3, day(20)), head(4, day(30))];
    expect(followingTerms(following, { heads, since: day(12) })).toEqual(
      [
        { planId: "plan2", effectiveFrom: day(12) },
        { planId: "plan3", effectiveFrom: day(20) },
        { planId: "plan4", effectiveFrom: day(30) },
      ].map((terms) => ({
        partnerId: "p",
        tier: "tier2",
        overrides: {},
        reason: "upgrade",
        isRetroactive: false,
        ...terms,
      })),
    );
  });

  it("may have them from the beginning of time", () => {
    const following = { partnerId: "p", tier: "tier1", from: null, reason: null } as const;
    expect(followingTerms(following, { heads: [head(1, null)], since: day(1) })).toMatchObject([
      { planId: "plan1", effectiveFrom: null, reason: null },
    ]);
  });
});

describe("the rate that is shown", () => {
  it("is that of payments, or the share of revenue where payments earn nothing, in per cent", () => {
    expect(Object.values(plans).map(commissionRateOf)).toEqual(["10.00", "25.00", "50.00", "15.00"]);
    expect(commissionRateOf({ ...plans.tier3, mode: "licence" })).toBe("0.00");
    expect(commissionRateOf({ ...plans.tier3, mode: "licence", recurringRatePpm: 1n })).toBe("0.00");
    expect(commissionRateOf({ ...plans.tier1, recurringRatePpm: 0n, revenueSharePpm: 50_000n })).toBe("5.00");
  });

  it("has two places, and a third is cut off", () => {
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 123_456n })).toBe("12.34");
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 10_999n })).toBe("1.09");
    expect(commissionRateOf({ ...plans.tier2, recurringRatePpm: 1_000_000n })).toBe("100.00");
  });
});

describe("terms as the API shows them", () => {
  it("have the plan's names, rates as decimal fractions, and amounts in minor units", () => {
    const terms = {
      ...plans.tier2,
      id: "t",
      planId: "plan2",
      planVersion: 2,
      tier: "tier2",
      currency: "USD",
      timeZone: "Europe/Berlin",
      tierMultiplierPpm: 1_250_000n,
    } as Terms;
    expect(termsView(terms)).toEqual({
      id: "t",
      planId: "plan2",
      rateRules: [],
      caps: {},
      planVersion: 2,
      tier: "tier2",
      currency: "USD",
      timeZone: "Europe/Berlin",
      signupBonus: 10_000n,
      recurringRate: 0.25,
      recurringDuration: null,
      transactionRate: 0.001,
      volumeBonuses: [
        { threshold: 50, bonus: 0.05 },
        { threshold: 100, bonus: 0.1 },
      ],
      volumeBonusMode: "multiplicative",
      volumeTrueUp: null,
      revenueShare: 0,
      mode: "share",
      tierMultiplier: 1.25,
      qualifyingMinimum: 0n,
      holdDays: 30,
      attributionWindowDays: 60,
      minimumPayout: { USD: 10_000n },
      features: ["links", "basic_dashboard", "co_branding", "leads", "marketing_tools"],
    });
  });
});
