import { fractionFromPpm } from "../kernel/rate.ts";
import {
  earningCapsView,
  type PublishedHead,
  plansFrom,
  rateRuleView,
  type Terms,
  type Tier,
  type TierPlan,
  type VolumeTrueUp,
} from "../programs/index.ts";
import type { NewTerms } from "./record-terms.ts";

type Following = {
  readonly partnerId: string;
  readonly tier: Tier;
  /** From when on; null is the beginning of time. */
  readonly from: Date | null;
  readonly reason: string | null;
};

/**
 * Terms of a partner who follows the plan: one row for the version in force at `since`, and one for each that is to come into force, so that a
 * version which was published before the partner came reaches it too.
 */
export const followingTerms = (
  { partnerId, tier, from, reason }: Following,
  { heads, since }: { readonly heads: readonly PublishedHead[]; readonly since: Date },
): NewTerms[] =>
  plansFrom(heads, since).map((plan, index) => ({
    partnerId,
    tier,
    planId: plan.id,
    overrides: {},
    reason,
    effectiveFrom: index === 0 ? from : plan.effectiveFrom,
    isRetroactive: false,
  }));

/** From when on a partner who follows the plan had a tier, of the time that a version from the past holds for. */
export type BackdatedTime = { readonly tier: Tier; readonly from: Date };

type KeptTerms = {
  readonly tier: Tier;
  readonly number: bigint;
  readonly overrides: object;
  readonly effectiveFrom: Date | null;
};

/**
 * The tiers of a partner since `from`, as its rows of terms have them, first to last. What it had agreed on of its own is not touched: then they
 * begin where it followed the plan again.
 */
export function tiersSince(rows: readonly KeptTerms[], from: Date, now: Date): BackdatedTime[] {
  const begun = rows.flatMap(({ effectiveFrom: at }) => (at !== null && at > from && at <= now ? [at] : []));
  const inForce = (at: Date) =>
    rows
      .filter(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= at)
      .reduce<KeptTerms | undefined>((last, row) => (last && last.number > row.number ? last : row), undefined);
  const times: BackdatedTime[] = [];
  for (const at of [from, ...begun.toSorted((a, b) => a.getTime() - b.getTime())]) {
    const row = inForce(at);
    if (row === undefined) continue;
    if (Object.keys(row.overrides).length > 0) times.length = 0;
    else if (times.at(-1)?.tier !== row.tier) times.push({ tier: row.tier, from: at });
  }
  return times;
}

/** The rate that is shown of a tier: of a share of revenue, or of what comes back each month. */
const shownRatePpm = (plan: TierPlan): bigint =>
  plan.recurringRatePpm > 0n || plan.mode === "licence" ? plan.recurringRatePpm : plan.revenueSharePpm;

/** The same as `partners.commission_rate` has it, in per cent with two places; a third is cut off, since it is only shown. */
export function commissionRateOf(plan: TierPlan): string {
  const hundredths = shownRatePpm(plan) / 100n;
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`;
}

/** What partners of a tier, or under terms, earn and when it is theirs, as the API shows it: rates as fractions. */
export const earningsView = (
  of: Pick<
    TierPlan,
    | "signupBonus"
    | "recurringRatePpm"
    | "recurringDuration"
    | "transactionRatePpm"
    | "volumeBonuses"
    | "revenueSharePpm"
    | "mode"
    | "tierMultiplierPpm"
    | "holdDays"
    | "attributionWindowDays"
    | "minimumPayout"
  >,
) => ({
  signupBonus: of.signupBonus,
  recurringRate: fractionFromPpm(of.recurringRatePpm),
  recurringDuration: of.recurringDuration,
  transactionRate: fractionFromPpm(of.transactionRatePpm),
  volumeBonuses: of.volumeBonuses.map(({ threshold, bonusPpm }) => ({ threshold, bonus: fractionFromPpm(bonusPpm) })),
  revenueShare: fractionFromPpm(of.revenueSharePpm),
  mode: of.mode,
  tierMultiplier: fractionFromPpm(of.tierMultiplierPpm),
  holdDays: of.holdDays,
  attributionWindowDays: of.attributionWindowDays,
  minimumPayout: Object.fromEntries(of.minimumPayout),
});

/** What the API shows of terms: the plan's own names, rates as decimal fractions. */
export const termsView = (terms: Terms) => ({
  id: terms.id,
  planId: terms.planId,
  planVersion: terms.planVersion,
  tier: terms.tier,
  currency: terms.currency,
  timeZone: terms.timeZone,
  ...earningsView(terms),
  rateRules: terms.rateRules.map(rateRuleView),
  caps: earningCapsView(terms.caps),
  volumeBonusMode: terms.volumeBonusMode,
  volumeTrueUp: terms.volumeTrueUp && trueUpView(terms.volumeTrueUp),
  qualifyingMinimum: terms.qualifyingMinimum,
  features: [...terms.features],
});

const trueUpView = ({ period, windowDays, mode, steps }: VolumeTrueUp) => ({
  period,
  ...(windowDays === null ? {} : { windowDays }),
  mode,
  steps: steps.map(({ from, ratePpm }) => ({ from: Number(from), rate: fractionFromPpm(ratePpm) })),
});

export type TermsView = ReturnType<typeof termsView>;
