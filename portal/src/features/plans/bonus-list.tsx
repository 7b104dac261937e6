import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import classes from "./plan-editor.module.css";
import type { TierFormProps } from "./tier-plan.ts";

type Typed = { readonly key: number; readonly threshold: Parsed; readonly bonus: Parsed };

/** What is wrong with bonuses that can all be read: they rise. */
const isRising = (bonuses: readonly { threshold: number; bonus: number }[]): boolean =>
  bonuses.every(({ threshold, bonus }, index) => {
    const before = bonuses[index - 1];
    return before === undefined || (threshold > before.threshold && bonus >= before.bonus);
  });

/** What is added to the rate from so many paying customers on. */
export function BonusList({ tier, onChange, onWrong }: TierFormProps) {
  const [typed, setTyped] = useState<readonly Typed[]>(
    (tier.volumeBonuses ?? []).map((bonus, key) => ({ key, ...bonus })),
  );
  const [next, setNext] = useState(typed.length);
  const read = (rows: readonly Typed[]) =>
    rows.flatMap(({ threshold, bonus }) => (threshold == null || bonus == null ? [] : [{ threshold, bonus }]));
  const become = (rows: readonly Typed[]): void => {
    setTyped(rows);
    const whole = read(rows);
    const isWrong = whole.length < rows.length || !isRising(whole);
    onWrong("volumeBonuses", isWrong);
    if (!isWrong) onChange({ volumeBonuses: whole });
  };
  const set = (key: number, changed: Partial<Typed>): void =>
    become(typed.map((row) => (row.key === key ? { ...row, ...changed } : row)));
  const whole = read(typed);
  return (
    <div className={`${classes.list} ${classes.wide}`}>
      {typed.map(({ key, threshold, bonus }) => (
        <div key={key} className={classes.item}>
          <CountField
            label={t("plan.bonusFrom")}
            least={1}
            isRequired
            initial={threshold}
            onChange={(value) => set(key, { threshold: value })}
          />
          <PercentField
            label={t("plan.bonusAdds")}
            isRequired
            initial={bonus}
            onChange={(value) => set(key, { bonus: value })}
          />
          <Button variant="default" onClick={() => become(typed.filter((row) => row.key !== key))}>
            {t("plan.remove")}
          </Button>
        </div>
      ))}
      {whole.length === typed.length && !isRising(whole) ? (
        <p role="alert" style={{ color: "var(--bad)" }}>
          {t("plan.bonusOrder")}
        </p>
      ) : null}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          setNext(next + 1);
          become([...typed, { key: next, threshold: undefined, bonus: undefined }]);
        }}
      >
        {t("plan.addBonus")}
      </Button>
    </div>
  );
}
