import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./tax.module.css";
import type { Year } from "./tax-words.ts";

type Settings = components["schemas"]["TaxSettings"];
type Payer = NonNullable<Settings["payer"]>;
const WAITS = ["never", "at_threshold", "always"] as const;
const NOBODY: Payer = {
  name: "",
  name2: null,
  ein: "",
  line1: "",
  line2: null,
  city: "",
  region: "",
  postalCode: "",
  phone: "",
  email: "",
};
const PAYER_FIELDS = [
  ["name", "tax.payer.name"],
  ["ein", "tax.payer.ein"],
  ["line1", "tax.line1"],
  ["city", "tax.city"],
  ["region", "tax.state"],
  ["postalCode", "tax.postalCode"],
  ["phone", "tax.payer.phone"],
  ["email", "tax.payer.email"],
] as const;

/** How the programme deals with taxes: whether payouts wait, who pays, and what the law says of the year. */
export function TaxSettings({ year }: { readonly year: Year }) {
  const settings = useQuery(read("getTaxSettings"));
  return (
    <Loaded query={settings}>
      {(data) => (
        <>
          <Panel title={t("tax.rules")}>
            <Rules settings={data} />
          </Panel>
          <Panel title={t("tax.payer")}>
            <PayerForm payer={data.payer ?? NOBODY} />
          </Panel>
          <Panel title={t("tax.figures", { year: String(year.year) })}>
            <YearForm key={year.year} year={year} />
          </Panel>
        </>
      )}
    </Loaded>
  );
}

const saved = {
  touches: ["getTaxSettings", "getTaxYear", "listTaxLines"],
  onDone: () => toast(t("tax.saved")),
} as const;

function Rules({ settings }: { readonly settings: Settings }) {
  const { may } = useMe();
  const [payoutsWait, setWait] = useState(settings.payoutsWait);
  const [withholdsWithoutForm, setWithholds] = useState(settings.withholdsWithoutForm);
  const change = useAct("changeTaxSettings", saved);
  return (
    <Form
      act={t("act.save")}
      isBusy={change.isPending}
      error={change.error}
      isReady={may("tax:write")}
      onSubmit={() => change.mutate({ body: { payoutsWait, withholdsWithoutForm } })}
    >
      <NativeSelect
        label={t("tax.wait")}
        description={t("tax.waitText")}
        data={WAITS.map((value) => ({ value, label: t(`tax.wait.${value}`) }))}
        value={payoutsWait}
        onChange={(event) => setWait(event.currentTarget.value as Settings["payoutsWait"])}
      />
      <Checkbox
        label={t("tax.withholds")}
        description={t("tax.withholdsText")}
        checked={withholdsWithoutForm}
        onChange={(event) => setWithholds(event.currentTarget.checked)}
      />
    </Form>
  );
}

function PayerForm({ payer }: { readonly payer: Payer }) {
  const { may } = useMe();
  const [filled, setFilled] = useState(payer);
  const change = useAct("changeTaxSettings", saved);
  return (
    <Form
      act={t("act.save")}
      isBusy={change.isPending}
      error={change.error}
      isReady={may("tax:write") && PAYER_FIELDS.every(([field]) => filled[field] !== "")}
      onSubmit={() => change.mutate({ body: { payer: filled } })}
    >
      <p>{t("tax.payerText")}</p>
      {PAYER_FIELDS.map(([field, words]) => (
        <TextInput
          key={field}
          label={t(words)}
          autoComplete="off"
          maxLength={80}
          value={filled[field]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setFilled((before) => ({ ...before, [field]: value }));
          }}
        />
      ))}
    </Form>
  );
}

function YearForm({ year }: { readonly year: Year }) {
  const { may } = useMe();
  const [typed, setTyped] = useState("");
  const [currency, setCurrency] = useState(year.currenciesWithoutRate[0] ?? "");
  const [units, setUnits] = useState("");
  const enter = useAct("enterTaxFigures", saved);
  const rate = useAct("enterTaxRate", saved);
  const path = { year: year.year };
  const threshold = fromDecimal(typed, "USD");
  return (
    <>
      <Form
        act={t("act.save")}
        isBusy={enter.isPending}
        error={enter.error}
        isReady={may("tax:write") && threshold !== undefined && threshold > 0}
        onSubmit={() => enter.mutate({ path, body: { threshold: threshold ?? null } })}
      >
        <TextInput
          label={t("tax.threshold")}
          description={t("tax.thresholdText")}
          inputMode="decimal"
          dir="ltr"
          placeholder={formatMoney(year.threshold, "USD")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Form>
      <div className={classes.apart}>
        <Form
          act={t("tax.rateAct")}
          isBusy={rate.isPending}
          error={rate.error}
          isReady={may("tax:write") && currency.length === 3 && Number(units) > 0}
          onSubmit={() => rate.mutate({ path, body: { currency, unitsPerDollar: Number(units) } })}
        >
          <TextInput
            label={t("column.currency")}
            maxLength={3}
            dir="ltr"
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
          <TextInput
            label={t("tax.rate")}
            description={t("tax.rateText")}
            inputMode="decimal"
            dir="ltr"
            value={units}
            onChange={(event) => setUnits(event.currentTarget.value)}
          />
        </Form>
      </div>
    </>
  );
}
