import type { PartnerTier } from "../platform/context.ts";
import type { EarningCaps } from "./earning-caps.ts";
import type { RateRule } from "./rate-rules.ts";
import type { VolumeTrueUp } from "./volume-true-up.ts";

export const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const satisfies readonly PartnerTier[];
export type Tier = PartnerTier;

/** What a tier of a plan may include; a route names the feature that it needs. */
export const FEATURES = [
  "links",
  "basic_dashboard",
  "co_branding",
  "leads",
  "marketing_tools",
  "full_branding",
  "custom_domain",
  "partner_api",
  "cards",
  "api",
  "webhooks",
  "co_marketing",
] as const;
export type Feature = (typeof FEATURES)[number];

/** How a volume bonus meets the rate: as a factor (the plan's formula), or as points added to it. */
export const VOLUME_BONUS_MODES = ["multiplicative", "points"] as const;
export type VolumeBonusMode = (typeof VOLUME_BONUS_MODES)[number];

/** `share` earns a share of revenue; `licence` pays for the platform and earns none. */
export const REVENUE_MODES = ["share", "licence"] as const;
export type RevenueMode = (typeof REVENUE_MODES)[number];

/** From as many clients on, `bonusPpm` is earned on top. */
export type VolumeBonus = { readonly threshold: number; readonly bonusPpm: bigint };

/** What is shown where a tier is asked for; an admin decides. Amounts are those of the contract that the tier asks for. */
export type TierEligibility = {
  readonly qualifiedReferrals?: { readonly minimum: number; readonly days: number };
  readonly monthlyLicense?: { readonly minimum: bigint; readonly maximum: bigint };
  readonly setupFee?: { readonly minimum: bigint; readonly maximum: bigint };
  readonly partnershipAgreement?: true;
};

/** What a partner of a tier earns and owes. Amounts are minor units of the plan's currency, rates parts per million. */
export type TierPlan = {
  /** Once for each qualified referral; 0 where there is none. */
  readonly signupBonus: bigint;
  readonly recurringRatePpm: bigint;
  /** Calendar months from the qualifying payment; null has no end. */
  readonly recurringDuration: number | null;
  /** Take the place of `recurringRatePpm` for the payments that they fit; the narrowest that fits decides. */
  readonly rateRules: readonly RateRule[];
  readonly caps: EarningCaps;
  readonly transactionRatePpm: bigint;
  /** Ascending by threshold. */
  readonly volumeBonuses: readonly VolumeBonus[];
  readonly volumeBonusMode: VolumeBonusMode;
  /** What is earned at the end of a period on its volume; null where nothing is. */
  readonly volumeTrueUp: VolumeTrueUp | null;
  readonly revenueSharePpm: bigint;
  readonly mode: RevenueMode;
  readonly tierMultiplierPpm: bigint;
  /** The least first payment that qualifies a referral; 0 asks for one above zero. */
  readonly qualifyingMinimum: bigint;
  readonly holdDays: number;
  readonly attributionWindowDays: number;
  /** The least payout, by currency. A currency that is not here is paid on an operator's request alone. */
  readonly minimumPayout: ReadonlyMap<string, bigint>;
  readonly setupFee: bigint;
  readonly monthlyLicense: bigint;
  readonly customCardFee: bigint;
  readonly supportFee: bigint;
  readonly integrationFee: bigint;
  /** Granted to the partner each quarter. */
  readonly coMarketingBudget: bigint;
  readonly eligibility: TierEligibility;
  readonly features: ReadonlySet<Feature>;
};

/** What the engine reads: a tier of a published plan version with a partner's overrides applied. Never changes under its id. */
export type Terms = TierPlan & {
  readonly id: string;
  readonly planId: string;
  readonly planVersion: number;
  readonly tier: Tier;
  /** The programme's, as the plan version has it: signup bonuses are paid in it. */
  readonly currency: string;
  /** Decides where a day begins, so which month a payment falls in. */
  readonly timeZone: string;
};
