import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { toast } from "../../ui/toast.tsx";
import { accountWords } from "./method-name.ts";

/** Asks for a part or all of what is available. The operator releases it. */
export default function RequestPayout({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { data } = useQuery(read("getCommissionSummary"));
  const [chosen, setChosen] = useState<string>();
  const [typed, setTyped] = useState("");
  const { data: method } = useQuery(read("getPaymentMethod"));
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const currencies = data?.currencies ?? [];
  const currency = chosen ?? currencies[0]?.currency ?? "USD";
  const available = currencies.find((one) => one.currency === currency)?.balances.available ?? 0;
  const least = profile?.terms.minimumPayout[currency] ?? null;
  const amount = typed === "" ? available : fromDecimal(typed, currency);
  const request = useAct("requestPayout", {
    touches: ["getPayoutHistory", "getCommissionSummary", "getDashboardOverview"],
    onDone: () => {
      setTyped("");
      onClose();
      toast(t("payout.requested"));
    },
  });
  return (
    <Dialog
      title={t("payout.request")}
      act={t("payout.request")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={request.isPending}
      error={request.error}
      isReady={amount !== undefined && amount > 0}
      onSubmit={() => request.mutate({ body: { currency, ...(typed === "" ? {} : { amount: amount ?? 0 }) } })}
    >
      {currencies.length > 1 ? (
        <NativeSelect
          label={t("column.currency")}
          data={currencies.map((one) => one.currency)}
          value={currency}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      ) : null}
      <p>
        {method ? t("payout.goesTo", { method: accountWords(method.summary) }) : t("payout.goesNowhere")}
        {least === null ? null : ` ${t("payout.least", { amount: `${formatMoney(least, currency)} ${currency}` })}`}
      </p>
      <TextInput
        label={t("payout.amount", { currency })}
        description={t("payout.amountText", { available: `${formatMoney(available, currency)} ${currency}` })}
        inputMode="decimal"
        dir="ltr"
        placeholder={formatMoney(available, currency)}
        error={amount === undefined ? t("field.notAnAmount") : null}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Dialog>
  );
}
