import { type MessageKey, t } from "../../i18n/messages.ts";
import { AmountField, CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { BonusList } from "./bonus-list.tsx";
import { CapFields } from "./cap-fields.tsx";
import classes from "./plan-editor.module.css";
import { RuleList } from "./rule-list.tsx";
import type { TierFormProps, TierPlan } from "./tier-plan.ts";

type Numeric = {
  readonly name: keyof TierPlan;
  readonly words: MessageKey;
  readonly text?: MessageKey;
  readonly kind: "amount" | "percent" | "count";
  readonly least?: number;
  readonly most?: number;
  /** What an empty field means: nothing of it, or `null` where the plan has a word for that. */
  readonly empty: 0 | null | "required";
};

const EARNINGS: readonly Numeric[] = [
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
const CONDITIONS: readonly Numeric[] = [
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
const FEES: readonly Numeric[] = [
  { name: "setupFee", words: "plan.setupFee", kind: "amount", empty: 0 },
  { name: "monthlyLicense", words: "plan.monthlyLicense", kind: "amount", empty: 0 },
  { name: "customCardFee", words: "plan.customCardFee", kind: "amount", empty: 0 },
  { name: "supportFee", words: "plan.supportFee", kind: "amount", empty: 0 },
  { name: "integrationFee", words: "plan.integrationFee", kind: "amount", empty: 0 },
  { name: "coMarketingBudget", words: "plan.coMarketingBudget", kind: "amount", empty: 0 },
];

/** The terms of one tier: what it earns, on what conditions, up to what, and what it is charged. */
export function TierForm({ tier, currency, onChange, onWrong }: TierFormProps) {
  const field = ({ name, words, text, kind, least, most, empty }: Numeric) => {
    const props = {
      label: t(words),
      ...(text ? { description: t(text) } : {}),
      initial: (tier[name] as number | null | undefined) || (empty === 0 ? null : (tier[name] as number | null)),
      isRequired: empty === "required",
      onChange: (value: Parsed) => {
        onWrong(name, value === undefined);
        if (value !== undefined) onChange({ [name]: value ?? (empty === "required" ? 0 : empty) });
      },
    };
    if (kind === "amount") return <AmountField key={name} {...props} currency={currency} />;
    if (kind === "percent") return <PercentField key={name} {...props} />;
    return (
      <CountField
        key={name}
        {...props}
        {...(least === undefined ? {} : { least })}
        {...(most === undefined ? {} : { most })}
      />
    );
  };
  const minimums = tier.minimumPayout as Readonly<Record<string, number>>;
  const part = { tier, currency, onChange, onWrong };
  return (
    <div className={classes.form}>
      <h3>{t("plan.earns")}</h3>
      {EARNINGS.map(field)}
      <h3>{t("plan.volumeBonuses")}</h3>
      <BonusList {...part} />
      <h3>{t("plan.rules")}</h3>
      <RuleList {...part} />
      <h3>{t("plan.caps")}</h3>
      <CapFields {...part} />
      <h3>{t("plan.conditions")}</h3>
      {CONDITIONS.map(field)}
      <AmountField
        label={t("terms.minimum")}
        description={t("plan.minimumText", { currency })}
        currency={currency}
        initial={minimums[currency]}
        onChange={(value) => {
          onWrong("minimumPayout", value === undefined);
          const { [currency]: _, ...others } = minimums;
          if (value !== undefined)
            onChange({ minimumPayout: value === null ? others : { ...others, [currency]: value } });
        }}
      />
      <h3>{t("plan.fees")}</h3>
      {FEES.map(field)}
    </div>
  );
}
