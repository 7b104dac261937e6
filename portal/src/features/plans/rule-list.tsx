import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { namedCountries } from "../../ui/countries.ts";
import { AmountField, CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import classes from "./plan-editor.module.css";
import { type RateRule, readRule, ruleProblem, type TypedRule, typedRule } from "./rate-rule-form.ts";
import type { TierFormProps } from "./tier-plan.ts";

/** Payments that pay otherwise than the tier's rate. The narrowest rule that fits decides. */
export function RuleList({ tier, currency, onChange, onWrong }: TierFormProps) {
  const [typed, setTyped] = useState<readonly TypedRule[]>(
    ((tier.rateRules ?? []) as readonly RateRule[]).map((rule, key) => typedRule(rule, key)),
  );
  const [next, setNext] = useState(typed.length);
  const become = (rows: readonly TypedRule[]): void => {
    setTyped(rows);
    const isWrong = rows.some((row) => ruleProblem(row, rows) !== null);
    onWrong("rateRules", isWrong);
    if (!isWrong) onChange({ rateRules: rows.map((row) => readRule(row, currency)) as never });
  };
  const set = (key: number, changed: Partial<TypedRule>): void =>
    become(typed.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  const text = (row: TypedRule, name: "name" | "products" | "planCodes" | "countries") => (
    <TextInput
      label={t(`rule.${name}`)}
      {...(name === "countries" && row.countries !== "" ? { description: namedCountries(row.countries) } : {})}
      maxLength={name === "name" ? 100 : 1000}
      value={row[name]}
      onChange={(event) => set(row.key, { [name]: event.currentTarget.value })}
    />
  );
  const age = (row: TypedRule, name: "fromDays" | "toDays") => (
    <CountField
      label={t(`rule.${name}`)}
      least={name === "toDays" ? 1 : 0}
      most={36_500}
      initial={row[name]}
      onChange={(value: Parsed) => set(row.key, { [name]: value })}
    />
  );
  return (
    <div className={`${classes.list} ${classes.wide}`}>
      <p className={classes.text}>{t("plan.rulesText")}</p>
      {typed.map((row) => {
        const problem = ruleProblem(row, typed);
        return (
          <div key={row.key} className={classes.item}>
            {text(row, "name")}
            <NativeSelect
              label={t("rule.pays")}
              data={[
                { value: "rate", label: t("rule.rate") },
                { value: "amount", label: t("rule.amount", { currency }) },
              ]}
              value={row.pays}
              onChange={(event) => set(row.key, { pays: event.currentTarget.value as TypedRule["pays"] })}
            />
            {row.pays === "rate" ? (
              <PercentField
                label={t("rule.rate")}
                isRequired
                initial={row.rate}
                onChange={(value) => set(row.key, { rate: value })}
              />
            ) : (
              <AmountField
                label={t("rule.amount", { currency: row.currency ?? currency })}
                currency={row.currency ?? currency}
                isRequired
                initial={row.amount}
                onChange={(value) => set(row.key, { amount: value })}
              />
            )}
            {text(row, "products")}
            {text(row, "planCodes")}
            {text(row, "countries")}
            <NativeSelect
              label={t("rule.payment")}
              data={[
                { value: "", label: t("filter.any") },
                { value: "first", label: t("rule.first") },
                { value: "renewal", label: t("rule.renewal") },
              ]}
              value={row.payment}
              onChange={(event) => set(row.key, { payment: event.currentTarget.value as TypedRule["payment"] })}
            />
            {age(row, "fromDays")}
            {age(row, "toDays")}
            <Button variant="default" onClick={() => become(typed.filter(({ key }) => key !== row.key))}>
              {t("plan.remove")}
            </Button>
            {problem ? (
              <p className={classes.wide} role="alert" style={{ color: "var(--bad)" }}>
                {t(`rule.problem.${problem}`)}
              </p>
            ) : null}
          </div>
        );
      })}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          setNext(next + 1);
          become([...typed, typedRule({ name: "", when: {} }, next)]);
        }}
      >
        {t("plan.addRule")}
      </Button>
    </div>
  );
}
