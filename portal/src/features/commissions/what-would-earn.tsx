import { TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { formatDate } from "../../ui/dates.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { fromDecimal } from "../../ui/money.ts";
import { typeWords } from "./commission-words.ts";

/** What a payment of a customer of one's own would earn if it came now: reckoned by the server, which writes nothing down. */
export function WhatWouldEarn({ referralId }: { readonly referralId: string }) {
  const { data: profile } = useQuery(read("getPartnerProfile"));
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string>();
  const currency = (chosen ?? profile?.terms.currency ?? "").trim().toUpperCase();
  const amount = typed === "" ? undefined : fromDecimal(typed, currency);
  const preview = useMutation({
    mutationFn: () =>
      api.previewOwnCommission({ body: { referralId, kind: "payment", amount: amount ?? 0, currency } }),
  });
  const earned = preview.data?.commissions;
  return (
    <section aria-label={t("calculator.title")}>
      <h3>{t("calculator.title")}</h3>
      <Form
        act={t("calculator.act")}
        isQuiet
        isBusy={preview.isPending}
        error={preview.error}
        isReady={amount !== undefined && amount > 0 && currency.length === 3}
        onSubmit={() => preview.mutate()}
      >
        <TextInput
          label={t("calculator.amount")}
          inputMode="decimal"
          dir="ltr"
          error={typed === "" || amount !== undefined ? null : t("field.notAnAmount")}
          value={typed}
          onChange={(event) => {
            preview.reset();
            setTyped(event.currentTarget.value);
          }}
        />
        <TextInput
          label={t("column.currency")}
          dir="ltr"
          maxLength={3}
          value={chosen ?? currency}
          onChange={(event) => {
            preview.reset();
            setChosen(event.currentTarget.value);
          }}
        />
      </Form>
      <div role="status" style={{ marginBlockStart: "0.75rem" }}>
        {earned === undefined ? null : earned.length === 0 ? (
          <p>{t("calculator.nothing")}</p>
        ) : (
          <Facts
            facts={earned.map((one) => [
              `${typeWords({ ...one, reversesId: null })}, ${t("calculator.until", { day: formatDate(one.holdUntil) })}`,
              <Amount key={one.rule} minor={one.amount} currency={one.currency} />,
            ])}
          />
        )}
      </div>
    </section>
  );
}
