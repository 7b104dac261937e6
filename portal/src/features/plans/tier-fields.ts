import { type MessageKey, t } from "../../i18n/messages.ts";
import type { TierPlan } from "./tier-plan.ts";

/** A number of a tier, and how it is typed. */
export type Numeric = {
  readonly name: keyof TierPlan;
  readonly words: MessageKey;
  readonly text?: MessageKey;
  readonly kind: "amount" | "percent" | "count";
  readonly least?: number;
  readonly most?: number;
  /** What an empty field means: nothing of it, or `null` where the plan has a word for that. */
  readonly empty: 0 | null | "required";
};

export const EARNINGS: readonly Numeric[] = [
  { name: "signupBonus", words: "clause.signup", kind: "amount", empty: 0 },
  { name: "recurringRate", words: "clause.recurring", kind: "percent", empty: 0 },
  {
    name: "recurringDuration",
    words: "plan.months",
    text: "plan.monthsText",
    kind: "count",
    least: 1,
    most: 1200,
    empty: null,
  },
  { name: "transactionRate", words: "clause.transaction", kind: "percent", empty: 0 },
  { name: "revenueShare", words: "clause.share", kind: "percent", empty: 0 },
  {
    name: "qualifyingMinimum",
    words: "plan.qualifyingMinimum",
    text: "plan.qualifyingMinimumText",
    kind: "amount",
    empty: 0,
  },
];
export const CONDITIONS: readonly Numeric[] = [
  { name: "holdDays", words: "terms.hold", text: "plan.daysText", kind: "count", most: 365, empty: "required" },
  {
    name: "attributionWindowDays",
    words: "terms.window",
    text: "plan.daysText",
    kind: "count",
    least: 30,
    most: 90,
    empty: "required",
  },
];
export const FEES: readonly Numeric[] = [
  { name: "setupFee", words: "plan.setupFee", kind: "amount", empty: 0 },
  { name: "monthlyLicense", words: "plan.monthlyLicense", kind: "amount", empty: 0 },
  { name: "customCardFee", words: "plan.customCardFee", kind: "amount", empty: 0 },
  { name: "supportFee", words: "plan.supportFee", kind: "amount", empty: 0 },
  { name: "integrationFee", words: "plan.integrationFee", kind: "amount", empty: 0 },
  { name: "coMarketingBudget", words: "plan.coMarketingBudget", kind: "amount", empty: 0 },
];

/** What the parts of a tier are called that are more than one number. */
const PARTS: Readonly<Record<string, MessageKey>> = {
  minimumPayout: "terms.minimum",
  volumeBonuses: "plan.volumeBonuses",
  rules: "plan.rules",
  caps: "plan.caps",
};

/** A place in a plan as the API names it (`tiers.tier1.recurringRate`), by tier and field; undefined where it is in no tier. */
export function placeInPlan(path: string): { readonly tier: string; readonly name: string } | undefined {
  const [, tier, name] = /(?:^|\.)tiers\.(tier\d)\.(\w+?)(?:Range)?(?:\.|$)/.exec(path) ?? [];
  return tier && name ? { tier, name } : undefined;
}

/** The same in the words of the editor: "Tier 1, affiliate · Recurring". */
export function planFieldName(path: string): string | undefined {
  const place = placeInPlan(path);
  const words =
    place &&
    ([...EARNINGS, ...CONDITIONS, ...FEES].find(({ name }) => name === place.name)?.words ?? PARTS[place.name]);
  return place && words && `${t("tier.name", { tier: place.tier.replace("tier", "") })} · ${t(words)}`;
}
