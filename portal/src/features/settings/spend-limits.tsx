import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { fromDecimal } from "../../ui/money.ts";
import { More } from "../../ui/more.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toast } from "../../ui/toast.tsx";

/** The most that all partners together earn in a month, by currency, and how much of it is used. */
export default function SpendLimits() {
  const { may } = useMe();
  const limits = useList("listSpendLimits", {}, { isKeptWhole: true });
  const program = useQuery(read("getProgram"));
  return (
    <>
      {limits.error ? <Problem error={limits.error} retry={limits.retry} /> : null}
      {limits.isPending ? <Skeleton /> : null}
      {limits.isPending || limits.error || limits.rows.length > 0 ? null : (
        <Panel>
          <Empty title={t("limits.empty")} text={t("limits.emptyText")} />
        </Panel>
      )}
      {limits.rows.map(({ currency, monthly, spent }) => (
        <Panel key={currency} title={currency}>
          <Facts
            facts={[
              [t("limits.monthly"), <Amount key="m" minor={monthly} currency={currency} />],
              [t("limits.spent"), <Amount key="s" minor={spent} currency={currency} />],
              [t("limits.left"), <Amount key="l" minor={Math.max(0, monthly - spent)} currency={currency} />],
            ]}
          />
        </Panel>
      ))}
      <More list={limits} />
      {may("commissions:write") ? (
        <Panel title={t("limits.change")}>
          <Loaded query={program}>{({ currency }) => <LimitForm currency={currency} />}</Loaded>
        </Panel>
      ) : null}
    </>
  );
}

function LimitForm({ currency: ofProgram }: { readonly currency: string }) {
  const [currency, setCurrency] = useState(ofProgram);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const code = currency.trim().toUpperCase();
  const monthly = typed.trim() === "" ? null : fromDecimal(typed, code);
  const save = useAct("setSpendLimit", {
    touches: ["listSpendLimits"],
    onDone: () => {
      setTyped("");
      setReason("");
      toast(t("settings.saved"));
    },
  });
  return (
    <Form
      act={monthly === null ? t("limits.end") : t("limits.set")}
      isBusy={save.isPending}
      error={save.error}
      isReady={code.length === 3 && monthly !== undefined && reason.trim() !== ""}
      onSubmit={() => {
        if (monthly !== undefined) save.mutate({ path: { currency: code }, body: { monthly, reason: reason.trim() } });
      }}
    >
      <TextInput
        label={t("column.currency")}
        dir="ltr"
        maxLength={3}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
      />
      <TextInput
        label={t("limits.monthly")}
        description={t("limits.text")}
        inputMode="decimal"
        dir="ltr"
        error={monthly === undefined ? t("field.notAnAmount") : null}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <TextInput
        label={t("field.reason")}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
