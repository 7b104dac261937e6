import { Value } from "typebox/value";
import { isCurrency } from "../kernel/currency.ts";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { PPM, ppmFromFraction } from "../kernel/rate.ts";
import { readEarningCaps } from "./earning-caps.ts";
import { PlanDocument, type TermsOverrides, type TierDocument } from "./plan-schema.ts";
import { planErrors } from "./program-errors.ts";
import { readRateRules } from "./rate-rules.ts";
import { TIERS, type Tier, type TierEligibility, type TierPlan, type VolumeBonus } from "./tier-plan.ts";
import { readVolumeTrueUp } from "./volume-true-up.ts";

const ONE = 1;
const WINDOW_DAYS = { minimum: 30, maximum: 90 };
const HOLD_DAYS_MAX = 365;
const DURATION_MONTHS_MAX = 1_200;

/**
 * What a rate may come to: rate × (1 + highest bonus) × multiplier, 1,000 %. An event carries at most 10^14 minor units (`AMOUNT_MAX_MINOR`) as
 * its amount and as its revenue, and earns at most four times: a signup ≤ 10^14, and of recurring (a rule's flat amount is ≤ 10^14), volume and share no more than ≤ 10^15 each,
 * so ≤ 3.1 × 10^15 together. JSON holds integers up to 2^53 − 1 ≈ 9.0 × 10^15, a bigint column 9.2 × 10^18. Without this ceiling one sale at a rate of
 * 100 %, a bonus of 1,000 % and a multiplier of 100 would earn 1.1 × 10^17, and be refused by the wire for ever.
 */
const EARNED_RATE_MAX = 10;
const EARNED_RATE_MAX_PPM = BigInt(EARNED_RATE_MAX) * PPM;

/** A document that came from outside without a schema before it, such as a file. Throws `plan.invalid`, naming the first field that is wrong. */
export function planDocumentOf(value: unknown): PlanDocument {
  if (Value.Check(PlanDocument, value)) return value;
  const [failure] = Value.Errors(PlanDocument, value);
  throw planErrors.invalid({
    field: failure?.instancePath.slice(1).replaceAll("/", ".") ?? "",
    reason: failure?.message,
  });
}

/** Reads a plan. Throws the catalogue error of the first field that cannot be. */
export function parsePlan({ tiers }: PlanDocument): Record<Tier, TierPlan> {
  return Object.fromEntries(TIERS.map((tier) => [tier, parseTier(tiers[tier], `tiers.${tier}`)])) as Record<
    Tier,
    TierPlan
  >;
}

/** A tier with a partner's overrides, inside the tier's allowed ranges. Throws the catalogue error of the first field that cannot be. */
export const resolveTerms = (tier: TierDocument, overrides: TermsOverrides): TierPlan =>
  parseTier({ ...tier, ...overrides }, "overrides");

function parseTier(tier: TierDocument, path: string): TierPlan {
  const plan = readTier(tier, path);
  requireEarnable(plan, path);
  return plan;
}

/** Refuses terms under which an event could earn more than the books and the wire hold. */
function requireEarnable(plan: TierPlan, path: string): void {
  if (plan.signupBonus > AMOUNT_MAX_MINOR)
    throw planErrors.amount_invalid({ field: `${path}.signupBonus`, maximum: Number(AMOUNT_MAX_MINOR) });
  const [field] = ratesAbove(plan, EARNED_RATE_MAX_PPM);
  if (field !== undefined) throw planErrors.rate_too_high({ field: `${path}.${field}`, maximum: EARNED_RATE_MAX });
}

/** The fields of the rates that come to more than `maximumPpm` with their highest bonus and the tier's multiplier. */
export function ratesAbove(plan: TierPlan, maximumPpm: bigint): string[] {
  const { volumeBonusMode, tierMultiplierPpm } = plan;
  const bonusPpm = plan.volumeBonuses.at(-1)?.bonusPpm ?? 0n;
  // Rate × (1 + bonus), in parts per million squared: exact.
  const withBonus = (ratePpm: bigint): bigint =>
    volumeBonusMode === "multiplicative"
      ? ratePpm * (PPM + bonusPpm)
      : (ratePpm + (ratePpm === 0n ? 0n : bonusPpm)) * PPM;
  const earned = {
    recurringRate: withBonus(plan.recurringRatePpm),
    ...Object.fromEntries(
      plan.rateRules.map(({ pays }, index) => [
        `rateRules.${index}.rate`,
        "ratePpm" in pays ? withBonus(pays.ratePpm) : 0n,
      ]),
    ),
    transactionRate: plan.transactionRatePpm * PPM,
    revenueShare: plan.revenueSharePpm * PPM,
    volumeTrueUp: (plan.volumeTrueUp?.steps.at(-1)?.ratePpm ?? 0n) * PPM,
  };
  return Object.entries(earned).flatMap(([field, rate]) =>
    rate * tierMultiplierPpm > maximumPpm * PPM ** 2n ? [field] : [],
  );
}

function readTier(tier: TierDocument, path: string): TierPlan {
  const rate = (name: string, fraction: number): bigint => readRate(`${path}.${name}`, fraction);
  const amount = (name: string, minor: number | undefined): bigint => readAmount(`${path}.${name}`, minor ?? 0);
  const recurringRatePpm = rate("recurringRate", tier.recurringRate ?? 0);
  const revenueSharePpm = rate("revenueShare", tier.revenueShare ?? 0);
  requireInside(`${path}.recurringRate`, recurringRatePpm, tier.recurringRateRange);
  requireInside(`${path}.revenueShare`, revenueSharePpm, tier.revenueShareRange);
  return {
    signupBonus: amount("signupBonus", tier.signupBonus),
    recurringRatePpm,
    recurringDuration: readDuration(`${path}.recurringDuration`, tier.recurringDuration ?? null),
    rateRules: readRateRules(`${path}.rateRules`, tier.rateRules ?? []),
    caps: readEarningCaps(`${path}.caps`, tier.caps ?? {}),
    transactionRatePpm: rate("transactionRate", tier.transactionRate ?? 0),
    volumeBonuses: readBonuses(`${path}.volumeBonuses`, tier.volumeBonuses ?? []),
    volumeBonusMode: tier.volumeBonusMode ?? "multiplicative",
    volumeTrueUp: tier.volumeTrueUp ? readVolumeTrueUp(`${path}.volumeTrueUp`, tier.volumeTrueUp) : null,
    revenueSharePpm,
    mode: tier.mode ?? "share",
    tierMultiplierPpm: rate("tierMultiplier", tier.tierMultiplier ?? ONE),
    qualifyingMinimum: amount("qualifyingMinimum", tier.qualifyingMinimum),
    holdDays: readDays(
      `${path}.holdDays`,
      tier.holdDays,
      { minimum: 0, maximum: HOLD_DAYS_MAX },
      planErrors.hold_out_of_range,
    ),
    attributionWindowDays: readDays(
      `${path}.attributionWindowDays`,
      tier.attributionWindowDays,
      WINDOW_DAYS,
      planErrors.window_out_of_range,
    ),
    minimumPayout: readMinimums(`${path}.minimumPayout`, tier.minimumPayout),
    setupFee: amount("setupFee", tier.setupFee),
    monthlyLicense: amount("monthlyLicense", tier.monthlyLicense),
    customCardFee: amount("customCardFee", tier.customCardFee),
    supportFee: amount("supportFee", tier.supportFee),
    integrationFee: amount("integrationFee", tier.integrationFee),
    coMarketingBudget: amount("coMarketingBudget", tier.coMarketingBudget),
    eligibility: readEligibility(`${path}.eligibility`, tier.eligibility ?? {}),
    features: new Set(tier.features),
  };
}

function readRate(field: string, fraction: number): bigint {
  try {
    return ppmFromFraction(fraction);
  } catch (error) {
    throw planErrors.rate_invalid({ field, value: fraction }, error);
  }
}

function readAmount(field: string, minor: number): bigint {
  if (!Number.isSafeInteger(minor) || minor < 0) throw planErrors.amount_invalid({ field, value: minor });
  return BigInt(minor);
}

type FractionRange = { readonly minimum: number; readonly maximum: number };

function requireInside(field: string, ppm: bigint, range: FractionRange | undefined): void {
  if (range === undefined) return;
  const [least, most] = [
    readRate(`${field}Range.minimum`, range.minimum),
    readRate(`${field}Range.maximum`, range.maximum),
  ];
  if (least > most) throw planErrors.range_inverted({ field: `${field}Range`, ...range });
  if (ppm < least || ppm > most) throw planErrors.rate_out_of_range({ field, ...range });
}

function readDuration(field: string, months: number | null): number | null {
  const isValid = months === null || (Number.isInteger(months) && months >= 1 && months <= DURATION_MONTHS_MAX);
  if (!isValid) throw planErrors.duration_invalid({ field, value: months });
  return months;
}

function readDays(
  field: string,
  days: number,
  { minimum, maximum }: FractionRange,
  refusal: (typeof planErrors)["window_out_of_range"],
): number {
  if (!Number.isInteger(days) || days < minimum || days > maximum)
    throw refusal({ field, value: days, minimum, maximum });
  return days;
}

function readBonuses(field: string, bonuses: NonNullable<TierDocument["volumeBonuses"]>): VolumeBonus[] {
  const read = bonuses.map(({ threshold, bonus }, index) => ({
    threshold,
    bonusPpm: readRate(`${field}.${index}.bonus`, bonus),
  }));
  for (const [index, { threshold, bonusPpm }] of read.entries()) {
    const before = read[index - 1];
    if (threshold <= (before?.threshold ?? 0) || bonusPpm < (before?.bonusPpm ?? 0n))
      throw planErrors.bonuses_not_ascending({ field: `${field}.${index}` });
  }
  return read;
}

function readMinimums(field: string, minimums: Readonly<Record<string, number>>): ReadonlyMap<string, bigint> {
  return new Map(
    Object.entries(minimums).map(([currency, minor]) => {
      if (!isCurrency(currency)) throw planErrors.currency_unknown({ field: `${field}.${currency}` });
      return [currency, readAmount(`${field}.${currency}`, minor)];
    }),
  );
}

function readEligibility(field: string, eligibility: NonNullable<TierDocument["eligibility"]>): TierEligibility {
  const range = (name: "monthlyLicense" | "setupFee") => {
    const given = eligibility[name];
    if (given === undefined) return {};
    if (given.minimum > given.maximum) throw planErrors.range_inverted({ field: `${field}.${name}`, ...given });
    return {
      [name]: {
        minimum: readAmount(`${field}.${name}.minimum`, given.minimum),
        maximum: readAmount(`${field}.${name}.maximum`, given.maximum),
      },
    };
  };
  return {
    ...(eligibility.qualifiedReferrals === undefined ? {} : { qualifiedReferrals: eligibility.qualifiedReferrals }),
    ...range("monthlyLicense"),
    ...range("setupFee"),
    ...(eligibility.partnershipAgreement === undefined ? {} : { partnershipAgreement: true }),
  };
}
