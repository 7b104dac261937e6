import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { BackTestResult } from "./back-test-result.tsx";
import classes from "./fraud.module.css";
import { ruleWords } from "./fraud-words.ts";
import { amountsText, partsOf, readAmounts, withNumber } from "./read-setting.ts";

type Rules = components["schemas"]["FraudRules"];
type RuleName = keyof Rules["rules"];
type Setting = NonNullable<Rules["rules"][RuleName]>;

/** What the limit of a rule is of; of the others it is a count. */
const LIMITS: Readonly<Partial<Record<RuleName, "share" | "seconds" | "deviations">>> = {
  quick_share: "share",
  conversion_rate: "share",
  refund_ratio: "share",
  chargeback_ratio: "share",
  instant_conversion: "seconds",
  late_touch: "seconds",
  velocity_usual: "deviations",
};
const MODES = ["off", "shadow", "active"] as const;
type Draft = Readonly<Record<string, Partial<Setting>>>;

/** Each rule with its mode, weight and limit; what a change would have done is asked before it is saved. */
export function RulesForm({ rules }: { readonly rules: Rules }) {
  const { may } = useMe();
  const [draft, setDraft] = useState<Draft>({});
  const [isSaving, setSaving] = useState(false);
  const [result, setResult] = useState<components["schemas"]["FraudBackTest"]>();
  const mayChange = may("fraud:write");
  const isChanged = Object.keys(draft).length > 0;
  const change = { rules: draft };
  const test = useAct("backTestFraudRules", { touches: [], onDone: setResult });
  const save = useAct("changeFraudRules", {
    touches: ["getFraudRules"],
    onDone: () => {
      setSaving(false);
      toast(t("fraud.saved"));
    },
  });
  const set = (name: RuleName, part: Partial<Setting>): void => {
    setDraft({ ...draft, [name]: { ...draft[name], ...part } });
    setResult(undefined);
  };
  return (
    <>
      <Panel>
        <p>{t("fraud.rulesText", { review: rules.reviewAt, hold: rules.holdAt, days: rules.appealDays })}</p>
        <Group mt="md">
          <Button variant="default" disabled={test.isPending} onClick={() => test.mutate({ body: { change } })}>
            {t(isChanged ? "fraud.testChange" : "fraud.testNow")}
          </Button>
          <Button
            variant="default"
            disabled={test.isPending}
            onClick={() => test.mutate({ body: { change, actsInShadow: true } })}
          >
            {t("fraud.testShadow")}
          </Button>
          {mayChange ? (
            <ActButton why={isChanged ? null : t("form.unchanged")} onClick={() => setSaving(true)}>
              {t("fraud.save")}
            </ActButton>
          ) : null}
        </Group>
        {test.error ? <Problem error={test.error} /> : null}
      </Panel>
      {result ? <BackTestResult result={result} /> : null}
      <Panel flush>
        <ul className={classes.rules}>
          {(Object.entries(rules.rules) as [RuleName, Setting][]).map(([name, setting]) => (
            <RuleRow
              key={name}
              name={name}
              setting={{ ...setting, ...draft[name] }}
              isFixed={!mayChange}
              onChange={(part) => set(name, part)}
            />
          ))}
        </ul>
      </Panel>
      <ReasonDialog
        title={t("fraud.save")}
        act={t("fraud.save")}
        effect={t("fraud.saveEffect")}
        isOpen={isSaving}
        onClose={() => setSaving(false)}
        isBusy={save.isPending}
        error={save.error}
        onSubmit={(reason) => save.mutate({ body: { version: Number(rules.version), change, reason } })}
      />
    </>
  );
}

type RowProps = {
  readonly name: RuleName;
  readonly setting: Setting;
  readonly isFixed: boolean;
  readonly onChange: (part: Partial<Setting>) => void;
};

function RuleRow({ name, setting, isFixed, onChange }: RowProps) {
  const words = ruleWords(name);
  return (
    <li className={classes.rule}>
      <span>{words}</span>
      <NativeSelect
        size="xs"
        label={t("fraud.mode")}
        aria-label={`${words}: ${t("fraud.mode")}`}
        disabled={isFixed}
        value={setting.mode}
        onChange={(event) => onChange({ mode: event.currentTarget.value as Setting["mode"] })}
        data={MODES.map((mode) => ({ value: mode, label: t(`fraud.mode.${mode}`) }))}
      />
      <TypedField
        label={t("fraud.weight")}
        of={words}
        isFixed={isFixed}
        text={String(setting.points)}
        onChange={(text) => withNumber(text, (points) => onChange({ points }))}
      />
      {setting.limit === undefined ? null : (
        <TypedField
          label={t(`fraud.limit.${LIMITS[name] ?? "count"}`)}
          of={words}
          isFixed={isFixed}
          text={String(setting.limit)}
          onChange={(text) => withNumber(text, (limit) => onChange({ limit }))}
        />
      )}
      {setting.amounts === undefined ? null : (
        <TypedField
          label={t("fraud.amounts")}
          hint={t("fraud.amountsText")}
          of={words}
          isFixed={isFixed}
          text={amountsText(setting.amounts)}
          onChange={(text) => {
            const amounts = readAmounts(text);
            if (amounts !== undefined) onChange({ amounts });
            return amounts !== undefined;
          }}
        />
      )}
      {setting.names === undefined ? null : (
        <TypedField
          label={t("fraud.names")}
          hint={t("fraud.namesText")}
          of={words}
          isFixed={isFixed}
          text={setting.names.join(", ")}
          onChange={(text) => {
            const names = partsOf(text.toLowerCase());
            const isSound = names.every((name) => /^[a-z0-9.-]{3,253}$/.test(name));
            if (isSound) onChange({ names });
            return isSound;
          }}
        />
      )}
    </li>
  );
}

type TypedFieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly of: string;
  readonly isFixed: boolean;
  readonly text: string;
  /** Whether what was typed was understood, and taken. */
  readonly onChange: (text: string) => boolean;
};

/** Keeps what is typed as it is typed; what is not understood changes nothing, and says so. */
function TypedField({ label, hint, of, isFixed, text, onChange }: TypedFieldProps) {
  const [typed, setTyped] = useState(text);
  const [isUnderstood, setUnderstood] = useState(true);
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={label}
      aria-label={`${of}: ${label}`}
      placeholder={hint}
      disabled={isFixed}
      value={typed}
      error={isUnderstood ? null : t("fraud.notUnderstood")}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setUnderstood(onChange(event.currentTarget.value));
      }}
    />
  );
}
