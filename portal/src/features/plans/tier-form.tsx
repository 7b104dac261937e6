import { t } from "../../i18n/messages.ts";
import { AmountField, CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { BonusList } from "./bonus-list.tsx";
import { CapFields } from "./cap-fields.tsx";
import classes from "./plan-editor.module.css";
import { RuleList } from "./rule-list.tsx";
import { CONDITIONS, EARNINGS, FEES, type Numeric } from "./tier-fields.ts";
import type { TierFormProps } from "./tier-plan.ts";

/** The terms of one tier: what it earns, on what conditions, up to what, and what it is charged. */
export function TierForm({ tier, currency, refused, onChange, onWrong }: TierFormProps) {
  const field = ({ name, words, text, kind, least, most, empty }: Numeric) => {
    const props = {
      label: t(words),
      ...(text ? { description: t(text) } : {}),
      initial: (tier[name] as number | null | undefined) || (empty === 0 ? null : (tier[name] as number | null)),
      isRequired: empty === "required",
      refused: refused?.name === name ? refused.words : undefined,
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
  const part = { tier, currency, refused, onChange, onWrong };
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
        refused={refused?.name === "minimumPayout" ? refused.words : undefined}
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
