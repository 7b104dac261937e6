import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatPercent } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { AmountField, CountField, type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { readSchedule, ScheduleFields, typedSchedule } from "../payouts/schedule-fields.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

type Settings = Output<"getPayoutSettings">;
type OfCurrency = Settings["currencies"][number];
const HOURS_MOST = 720;

/** When money leaves by itself, above what a second person is asked, and who bears the fees. */
export default function PayoutRules() {
  const { may } = useMe();
  const settings = useQuery(read("getPayoutSettings"));
  const mayChange = may("program:write");
  return (
    <Loaded query={settings}>
      {(data) => (
        <>
          <Panel title={t("settings.payouts")}>
            {mayChange ? <RulesForm settings={data} /> : <RuleFacts settings={data} />}
          </Panel>
          {data.currencies.map((one) => (
            <Panel key={one.currency} title={one.currency}>
              <CurrencyFacts rules={one} />
            </Panel>
          ))}
          {mayChange ? (
            <Panel title={t("payoutRules.currency")}>
              <CurrencyForm settings={data} />
            </Panel>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const RuleFacts = ({ settings }: { readonly settings: Settings }) => (
  <Facts
    facts={[
      [t("settings.coolingOff"), t("settings.hours", { count: settings.coolingOffHours })],
      [t("settings.approvalExpires"), t("settings.hours", { count: settings.approvalExpiresHours })],
      [t("settings.releasesScheduled"), settings.releasesScheduled ? t("yes") : t("no")],
    ]}
  />
);

const CurrencyFacts = ({ rules }: { readonly rules: OfCurrency }) => (
  <Facts
    facts={[
      [t("batch.approvalAbove"), <Amount key="a" minor={rules.approvalAbove} currency={rules.currency} />],
      [t("settings.feeBorneBy"), t(`feeBearer.${rules.feeBorneBy}`)],
      [t("column.fee"), <Amount key="f" minor={rules.feeFixed} currency={rules.currency} />],
      rules.feeRate > 0 ? [t("payoutRules.feeRate"), formatPercent(rules.feeRate)] : null,
      rules.schedule ? [t("payoutRules.every"), t(`payoutRules.every.${rules.schedule.every}`)] : null,
      rules.schedule ? [t("settings.nextDue"), formatDay(rules.schedule.nextDueOn)] : null,
    ]}
  />
);

function RulesForm({ settings }: { readonly settings: Settings }) {
  const [coolingOff, setCoolingOff] = useState<Parsed>(settings.coolingOffHours);
  const [expires, setExpires] = useState<Parsed>(settings.approvalExpiresHours);
  const [releases, setReleases] = useState(settings.releasesScheduled);
  const save = useAct("changePayoutSettings", {
    touches: ["getPayoutSettings"],
    onDone: () => toast(t("settings.saved")),
  });
  const { needsProof, dialog } = useStepUp();
  const submit = (): void => {
    if (coolingOff == null || expires == null) return;
    save.mutate(
      { body: { coolingOffHours: coolingOff, approvalExpiresHours: expires, releasesScheduled: releases } },
      { onError: (error) => void needsProof(error, submit) },
    );
  };
  return (
    <>
      <Form
        act={t("settings.save")}
        isBusy={save.isPending}
        error={unlessProof(save.error)}
        isReady={coolingOff != null && expires != null}
        onSubmit={submit}
      >
        <CountField
          label={t("payoutRules.coolingOff")}
          description={t("payoutRules.coolingOffText")}
          most={HOURS_MOST}
          isRequired
          initial={settings.coolingOffHours}
          onChange={setCoolingOff}
        />
        <CountField
          label={t("payoutRules.expires")}
          description={t("payoutRules.expiresText")}
          least={1}
          most={HOURS_MOST}
          isRequired
          initial={settings.approvalExpiresHours}
          onChange={setExpires}
        />
        <Checkbox
          label={t("settings.releasesScheduled")}
          description={t("payoutRules.releasesText")}
          checked={releases}
          onChange={(event) => setReleases(event.currentTarget.checked)}
        />
      </Form>
      {dialog}
    </>
  );
}

function CurrencyForm({ settings }: { readonly settings: Settings }) {
  const { data: program } = useQuery(read("getProgram"));
  const [typed, setTyped] = useState<string>();
  const currency = typed ?? settings.currencies[0]?.currency ?? program?.currency ?? "";
  const code = currency.trim().toUpperCase();
  const known = settings.currencies.find((one) => one.currency === code);
  return (
    <>
      <TextInput
        label={t("column.currency")}
        description={t("payoutRules.currencyText")}
        dir="ltr"
        maxLength={3}
        style={{ maxInlineSize: "40rem", marginBlockEnd: "1rem" }}
        value={currency}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {code.length === 3 ? <RulesOfCurrency key={code} currency={code} known={known} /> : null}
    </>
  );
}

type RulesOfCurrencyProps = { readonly currency: string; readonly known: OfCurrency | undefined };

function RulesOfCurrency({ currency, known }: RulesOfCurrencyProps) {
  const [above, setAbove] = useState<Parsed>(known?.approvalAbove ?? null);
  const [fixed, setFixed] = useState<Parsed>(known?.feeFixed ?? 0);
  const [rate, setRate] = useState<Parsed>(known?.feeRate ?? 0);
  const [bearer, setBearer] = useState<string>(known?.feeBorneBy ?? "programme");
  const [typed, setTyped] = useState(typedSchedule(known?.schedule));
  const save = useAct("changePayoutCurrency", {
    touches: ["getPayoutSettings"],
    onDone: () => toast(t("settings.saved")),
  });
  const schedule = readSchedule(typed);
  const { needsProof, dialog } = useStepUp();
  const submit = (): void => {
    if (schedule === undefined) return;
    save.mutate(
      {
        body: {
          currency,
          approvalAbove: above ?? null,
          feeBorneBy: bearer as OfCurrency["feeBorneBy"],
          feeFixed: fixed ?? 0,
          feeRate: rate ?? 0,
          schedule,
        },
      },
      { onError: (error) => void needsProof(error, submit) },
    );
  };
  return (
    <>
      <Form
        act={t("payoutRules.save", { currency })}
        isBusy={save.isPending}
        error={unlessProof(save.error)}
        isReady={schedule !== undefined && ![above, fixed, rate].includes(undefined)}
        onSubmit={submit}
      >
        <AmountField
          label={t("batch.approvalAbove")}
          description={t("payoutRules.aboveText")}
          currency={currency}
          initial={known?.approvalAbove}
          onChange={setAbove}
        />
        <NativeSelect
          label={t("settings.feeBorneBy")}
          data={(["programme", "partner"] as const).map((value) => ({ value, label: t(`feeBearer.${value}`) }))}
          value={bearer}
          onChange={(event) => setBearer(event.currentTarget.value)}
        />
        <AmountField label={t("column.fee")} currency={currency} initial={known?.feeFixed} onChange={setFixed} />
        <PercentField label={t("payoutRules.feeRate")} initial={known?.feeRate} onChange={setRate} />
        <ScheduleFields
          label={t("payoutRules.every")}
          never={t("payoutRules.every.never")}
          currency={currency}
          typed={typed}
          onChange={setTyped}
        />
      </Form>
      {dialog}
    </>
  );
}
