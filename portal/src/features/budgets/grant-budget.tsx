import { NativeSelect, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { isCurrencyCode, MoneyField } from "../../ui/money-field.tsx";
import type { Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

const PERIODS = ["quarter", "year"] as const;
type Period = (typeof PERIODS)[number];

/** Today where the programme counts its days, as `2026-03-01`. */
const todayIn = (timeZone: string): string => new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date());

/** First and last day of the calendar quarter or year that a day is in. */
function periodOf(period: Period, today: string): { readonly start: string; readonly end: string } {
  const year = Number(today.slice(0, 4));
  const first = period === "year" ? 0 : Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3;
  const day = (month: number, date: number): string => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  return { start: day(first, 1), end: day(first + (period === "year" ? 12 : 3), 0) };
}

/** Grants a partner a budget to spend on marketing, beside what its terms grant. One that is there grows. */
export function GrantBudget({
  partnerId: first,
  onClose,
}: {
  readonly partnerId?: string;
  readonly onClose: () => void;
}) {
  const [partnerId, setPartner] = useState<string | undefined>(first);
  const [period, setPeriod] = useState<Period>("quarter");
  const [typed, setCurrency] = useState<string>();
  const [amount, setAmount] = useState<Parsed>();
  const [reason, setReason] = useState("");
  const { data: program } = useQuery(read("getProgram"));
  const currency = (typed ?? program?.currency ?? "").trim().toUpperCase();
  const isCurrency = isCurrencyCode(currency);
  const { data: budgets } = useQuery({
    ...read("listAllBudgets", { query: { partnerId: partnerId ?? "", currency } }),
    enabled: partnerId !== undefined && isCurrency,
  });
  const grant = useAct("grantBudget", {
    touches: ["listAllBudgets", "getPartnerTimeline"],
    onDone: () => {
      toast(t("budget.grantDone"));
      onClose();
    },
  });
  const { start, end } = periodOf(period, todayIn(program?.timeZone ?? "UTC"));
  const now = budgets?.data.find((one) => one.periodStart === start && one.periodEnd === end);
  return (
    <Dialog
      title={t("budget.grant")}
      act={t("budget.grant")}
      isOpen
      onClose={onClose}
      isBusy={grant.isPending}
      error={grant.error}
      isReady={partnerId !== undefined && isCurrency && (amount ?? 0) > 0 && reason.trim() !== ""}
      onSubmit={() =>
        grant.mutate({
          body: { partnerId: partnerId ?? "", period, amount: amount ?? 0, currency, reason: reason.trim() },
        })
      }
    >
      <p>{t("budget.grantText")}</p>
      {first === undefined ? <PartnerPicker value={partnerId} onChange={setPartner} /> : null}
      <NativeSelect
        label={t("budget.period")}
        data={PERIODS.map((value) => ({ value, label: t(`budget.of.${value}`) }))}
        description={`${formatDay(start)} – ${formatDay(end)}`}
        value={period}
        onChange={(event) => setPeriod(event.currentTarget.value as Period)}
      />
      <MoneyField typed={typed ?? currency} currency={currency} onCurrency={setCurrency} onAmount={setAmount} />
      <Textarea
        label={t("field.reason")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {budgets ? (
        <div role="status">
          <Facts
            facts={[
              [t("budget.leftNow"), <Amount key="n" minor={now?.left ?? 0} currency={currency} />],
              [t("budget.leftThen"), <Amount key="t" minor={(now?.left ?? 0) + (amount ?? 0)} currency={currency} />],
            ]}
          />
        </div>
      ) : null}
    </Dialog>
  );
}
