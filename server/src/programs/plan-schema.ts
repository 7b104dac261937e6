import { type Static, Type } from "typebox";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { CurrencyCode, Id, Instant, InstantInput, Nullable, pageOf, pageQuery } from "../platform/http/index.ts";
import { EarningCapsDocument } from "./earning-caps.ts";
import { RateRuleDocument } from "./rate-rules.ts";
import { FEATURES, REVENUE_MODES, TIERS, VOLUME_BONUS_MODES } from "./tier-plan.ts";
import { VolumeTrueUpDocument } from "./volume-true-up.ts";

const SAFE_INTEGER = Number.MAX_SAFE_INTEGER;

const Amount = (description: string, maximum = SAFE_INTEGER) =>
  Type.Integer({
    minimum: 0,
    maximum,
    description: `${description}, in minor units of the plan's currency`,
  });

const Rate = (description: string, maximum = 1) =>
  Type.Number({
    minimum: 0,
    maximum,
    description: `${description}, as a decimal fraction of at most six places (0.25 is 25 %)`,
  });

const RateRange = (of: string) =>
  Type.Object(
    { minimum: Rate(`Least ${of}`), maximum: Rate(`Highest ${of}`) },
    { additionalProperties: false, description: `Where the ${of} and its overrides may lie, before bonuses` },
  );

const AmountRange = (of: string) =>
  Type.Object({ minimum: Amount(`Least ${of}`), maximum: Amount(`Highest ${of}`) }, { additionalProperties: false });

const VolumeBonus = Type.Object(
  {
    threshold: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: "From so many clients on" }),
    bonus: Rate("What it adds", 10),
  },
  { additionalProperties: false },
);

/** The terms of a tier that a partner may be given differently. Names are the plan's. */
const earningFields = {
  signupBonus: Type.Optional(Amount("Once for each qualified referral", Number(AMOUNT_MAX_MINOR))),
  recurringRate: Type.Optional(Rate("Of each payment")),
  rateRules: Type.Optional(
    Type.Array(RateRuleDocument, {
      maxItems: 100,
      description: "What pays otherwise than `recurringRate`; the narrowest rule that fits a payment decides",
    }),
  ),
  caps: Type.Optional(EarningCapsDocument),
  recurringDuration: Type.Optional(
    Nullable(
      Type.Integer({ minimum: 1, maximum: 1_200, description: "Months from the qualifying payment; null has no end" }),
    ),
  ),
  transactionRate: Type.Optional(Rate("Of card and crypto volume")),
  volumeBonuses: Type.Optional(Type.Array(VolumeBonus, { maxItems: 50, description: "Ascending by threshold" })),
  volumeBonusMode: Type.Optional(
    Type.Enum([...VOLUME_BONUS_MODES], { description: "`multiplicative`: rate × (1 + bonus); `points`: rate + bonus" }),
  ),
  volumeTrueUp: Type.Optional(Nullable(VolumeTrueUpDocument)),
  revenueShare: Type.Optional(Rate("Share of revenue in mode `share`")),
  mode: Type.Optional(Type.Enum([...REVENUE_MODES], { description: "`licence` earns no share of revenue" })),
  setupFee: Type.Optional(Amount("Owed once")),
  monthlyLicense: Type.Optional(Amount("Owed each month in mode `licence`")),
  customCardFee: Type.Optional(Amount("Owed for each card product")),
  supportFee: Type.Optional(Amount("Owed each month where support is ordered")),
  integrationFee: Type.Optional(Amount("Owed once for an integration")),
  coMarketingBudget: Type.Optional(Amount("Granted each quarter")),
  tierMultiplier: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 100,
      description:
        "What the tier multiplies rates by; 1 when not given. No rate comes to more than 10 with its highest bonus and this",
    }),
  ),
  qualifyingMinimum: Type.Optional(
    Amount("Least first payment that qualifies a referral; any above zero when not given"),
  ),
};

const conditionFields = {
  minimumPayout: Type.Record(
    Type.String({ pattern: "^[A-Z]{3}$" }),
    Type.Integer({ minimum: 0, maximum: SAFE_INTEGER }),
    {
      additionalProperties: false,
      description:
        "Least payout by currency, in minor units of each; a currency without one is paid on request of an operator",
    },
  ),
  holdDays: Type.Integer({
    minimum: 0,
    maximum: 365,
    description: "Days of 24 hours in which a commission is pending",
  }),
  attributionWindowDays: Type.Integer({
    minimum: 30,
    maximum: 90,
    description: "A conversion follows its click by at most so many days of 24 hours",
  }),
};

export const TierDocument = Type.Object(
  {
    ...earningFields,
    ...conditionFields,
    recurringRateRange: Type.Optional(RateRange("`recurringRate`")),
    revenueShareRange: Type.Optional(RateRange("`revenueShare`")),
    eligibility: Type.Optional(
      Type.Object(
        {
          qualifiedReferrals: Type.Optional(
            Type.Object(
              {
                minimum: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
                days: Type.Integer({ minimum: 1, maximum: 3_660 }),
              },
              { additionalProperties: false },
            ),
          ),
          monthlyLicense: Type.Optional(AmountRange("monthly licence")),
          setupFee: Type.Optional(AmountRange("set-up fee")),
          partnershipAgreement: Type.Optional(Type.Literal(true)),
        },
        { additionalProperties: false, description: "Shown where the tier is asked for; an admin decides" },
      ),
    ),
    features: Type.Array(Type.Enum([...FEATURES], { type: "string" }), {
      uniqueItems: true,
      maxItems: FEATURES.length,
    }),
  },
  { title: "TierPlan", additionalProperties: false },
);
export type TierDocument = Static<typeof TierDocument>;

const byTier = <Schema>(schema: Schema) =>
  Object.fromEntries(TIERS.map((tier) => [tier, schema])) as Record<(typeof TIERS)[number], Schema>;

/** A commission plan as it is written: the terms of each tier, rates as decimal fractions, amounts in minor units. */
export const PlanDocument = Type.Object(
  { tiers: Type.Object(byTier(TierDocument), { additionalProperties: false }) },
  { additionalProperties: false },
);
export type PlanDocument = Static<typeof PlanDocument>;

/** A partner's own figures: what is given replaces the tier's. */
export const TermsOverrides = Type.Partial(Type.Object({ ...earningFields, ...conditionFields }), {
  additionalProperties: false,
});
export type TermsOverrides = Static<typeof TermsOverrides>;

export const PLAN_STATES = ["draft", "scheduled", "in_force", "superseded"] as const;
export type PlanState = (typeof PLAN_STATES)[number];

export const PLAN_SORTS = ["createdAt", "-createdAt"] as const;

const planFields = {
  id: Id("The version"),
  version: Nullable(Type.Integer({ description: "Given when it is published; null for a draft" })),
  state: Type.Enum([...PLAN_STATES], {
    description: "Of the published versions whose day has come, the highest is in force",
  }),
  currency: CurrencyCode("What its fixed amounts mean"),
  timeZone: Type.String({ description: "IANA name; decides where a day begins" }),
  effectiveFrom: Nullable(Instant("When it comes into force; null is the beginning of time, or not yet decided")),
  isRetroactive: Type.Boolean({ description: "It holds for customers who converted before, from its publication on" }),
  createdAt: Instant("When it was drafted"),
  publishedAt: Nullable(Instant("When it was published")),
};

export const Plan = Type.Object({ ...planFields, tiers: PlanDocument.properties.tiers }, { $id: "CommissionPlan" });
export const PlanPage = pageOf(Type.Object(planFields, { $id: "CommissionPlanSummary" }));
export const PlanParams = Type.Object({ id: Id("The plan version") });
export const PlanQuery = Type.Object(
  { ...pageQuery(PLAN_SORTS), status: Type.Optional(Type.Enum(["draft", "published"])) },
  { additionalProperties: false },
);

export const PublishPlanBody = Type.Object(
  {
    effectiveFrom: Type.Optional(InstantInput("When it comes into force; at once when not given")),
    isRetroactive: Type.Optional(Type.Boolean({ description: "It also holds for existing customers, from now on" })),
  },
  { additionalProperties: false, examples: [{ effectiveFrom: "2027-01-01T00:00:00Z" }] },
);
