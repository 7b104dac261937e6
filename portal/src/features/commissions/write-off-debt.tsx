import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { formatMoney } from "../../ui/money.ts";
import { AmountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";

type WriteOffDebtProps = {
  readonly partnerId: string;
  readonly currency: string;
  /** What is owed now, in minor units. */
  readonly debt: number;
  readonly onClose: () => void;
};

/** Gives up what a partner owes, or a part of it: what it earns from then on can be paid again. */
export function WriteOffDebt({ partnerId, currency, debt, onClose }: WriteOffDebtProps) {
  const [typed, setAmount] = useState<Parsed>(null);
  const [reason, setReason] = useState("");
  const writeOff = useAct("writeOffDebt", {
    touches: ["getCommissionSummaryFor", "listAllCommissions", "getPartnerTimeline"],
    onDone: () => {
      toast(t("writeOff.done"));
      onClose();
    },
  });
  const amount = typed === null ? debt : typed;
  const isAmount = amount !== undefined && amount > 0 && amount <= debt;
  return (
    <Dialog
      title={t("writeOff.act")}
      act={t("writeOff.act")}
      isOpen
      onClose={onClose}
      isBusy={writeOff.isPending}
      error={writeOff.error}
      isReady={isAmount && reason.trim() !== ""}
      onSubmit={() => {
        // What was shown is what is written off: a debt that has grown meanwhile stays in part.
        if (isAmount) writeOff.mutate({ body: { partnerId, currency, amount, reason: reason.trim() } });
      }}
    >
      <p>{t("writeOff.effect")}</p>
      <AmountField
        label={t("settle.amount", { currency })}
        description={t("writeOff.amountText", { debt: `${formatMoney(debt, currency)} ${currency}` })}
        currency={currency}
        initial={null}
        onChange={setAmount}
      />
      <Textarea
        label={t("field.reason")}
        description={t("grant.reasonText")}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div role="status">
        {amount !== undefined && amount > debt ? (
          <p style={{ color: "var(--bad)" }}>{t("writeOff.above")}</p>
        ) : (
          <Facts
            facts={[
              [t("writeOff.owedNow"), <Amount key="n" minor={debt} currency={currency} />],
              [t("writeOff.owedThen"), <Amount key="t" minor={debt - (amount ?? 0)} currency={currency} />],
            ]}
          />
        )}
      </div>
    </Dialog>
  );
}
