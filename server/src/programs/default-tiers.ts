import { exponentOf } from "../kernel/currency.ts";
import { invariant } from "../kernel/invariant.ts";
import type { PlanDocument } from "./plan-schema.ts";

/** The default plan, exactly as the table of docs/guides/money-rules.md has it; fixed amounts are the table's figures in major units of `currency`. */
export function defaultTiers(currency: string): PlanDocument["tiers"] {
  const exponent = exponentOf(currency);
  invariant(exponent !== undefined, "a programme's currency was checked when it was given");
  const major = (amount: number): number => amount * 10 ** exponent;
  return {
    tier1: {
      signupBonus: major(50),
      recurringRate: 0.1,
      recurringRateRange: { minimum: 0.1, maximum: 0.15 },
      recurringDuration: 12,
      transactionRate: 0,
      tierMultiplier: 1,
      minimumPayout: { [currency]: major(50) },
      holdDays: 30,
      attributionWindowDays: 30,
      features: ["links", "basic_dashboard"],
    },
    tier2: {
      signupBonus: major(100),
      recurringRate: 0.25,
      recurringRateRange: { minimum: 0.2, maximum: 0.3 },
      recurringDuration: null,
      transactionRate: 0.001,
      volumeBonuses: [
        { threshold: 50, bonus: 0.05 },
        { threshold: 100, bonus: 0.1 },
      ],
      volumeBonusMode: "multiplicative",
      tierMultiplier: 1,
      minimumPayout: { [currency]: major(100) },
      holdDays: 30,
      attributionWindowDays: 60,
      eligibility: { qualifiedReferrals: { minimum: 10, days: 365 } },
      features: ["links", "basic_dashboard", "co_branding", "leads", "marketing_tools"],
    },
    tier3: {
      revenueShare: 0.5,
      revenueShareRange: { minimum: 0.4, maximum: 0.5 },
      mode: "share",
      setupFee: major(50_000),
      monthlyLicense: major(10_000),
      customCardFee: major(5_000),
      supportFee: major(2_000),
      tierMultiplier: 1,
      minimumPayout: { [currency]: major(1_000) },
      holdDays: 30,
      attributionWindowDays: 90,
      eligibility: {
        monthlyLicense: { minimum: major(5_000), maximum: major(15_000) },
        setupFee: { minimum: major(50_000), maximum: major(100_000) },
      },
      features: [
        "links",
        "basic_dashboard",
        "co_branding",
        "leads",
        "marketing_tools",
        "full_branding",
        "custom_domain",
        "partner_api",
        "cards",
      ],
    },
    tier4: {
      recurringRate: 0.15,
      recurringRateRange: { minimum: 0.15, maximum: 0.2 },
      recurringDuration: null,
      integrationFee: 0,
      coMarketingBudget: major(5_000),
      tierMultiplier: 1,
      minimumPayout: { [currency]: major(200) },
      holdDays: 30,
      attributionWindowDays: 90,
      eligibility: { partnershipAgreement: true },
      features: ["links", "basic_dashboard", "api", "webhooks", "co_marketing"],
    },
  };
}

/** The plan's own table, in US dollars. */
export const DEFAULT_TIERS = defaultTiers("USD");
