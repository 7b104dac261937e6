import { Button, Group, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { toast } from "../../ui/toast.tsx";

type Detail = components["schemas"]["InvoiceDetail"];
const WAYS = ["payment", "setOff", "credit"] as const;
type Way = (typeof WAYS)[number];
const TOUCHES = ["getAnyInvoice", "listAllInvoices"] as const;

/** What settles an invoice: money that came, the partner's earnings, or that it is not owed. */
export function SettleInvoice({ invoice }: { readonly invoice: Detail }) {
  const [way, setWay] = useState<Way>();
  return (
    <Group gap="sm">
      {WAYS.map((one) => (
        <Button key={one} variant="default" onClick={() => setWay(one)}>
          {t(`settle.${one}`)}
        </Button>
      ))}
      {way ? <SettleDialog key={way} invoice={invoice} way={way} onClose={() => setWay(undefined)} /> : null}
    </Group>
  );
}

type SettleDialogProps = { readonly invoice: Detail; readonly way: Way; readonly onClose: () => void };

function SettleDialog({ invoice: { id, open, currency }, way, onClose }: SettleDialogProps) {
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const settings = {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t(`settle.${way}.done`));
    },
  };
  const payment = useAct("recordInvoicePayment", settings);
  const credit = useAct("creditInvoice", settings);
  const setOff = useAct("setOffInvoice", settings);
  const act = { payment, credit, setOff }[way];
  const amount = typed === "" ? open : fromDecimal(typed, currency);
  const isAmount = amount !== undefined && amount > 0 && amount <= open;
  const money = (minor: number): string => `${formatMoney(minor, currency)} ${currency}`;
  const path = { id };
  const submit = (): void => {
    if (amount === undefined) return;
    if (way === "payment") payment.mutate({ path, body: { amount, reference: words.trim() } });
    else if (way === "credit") credit.mutate({ path, body: { amount, reason: words.trim() } });
    else setOff.mutate({ path, body: { amount } });
  };
  return (
    <Dialog
      title={t(`settle.${way}`)}
      act={t(`settle.${way}`)}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={isAmount && (way === "setOff" || words.trim() !== "")}
      onSubmit={submit}
    >
      <TextInput
        label={t("settle.amount", { currency })}
        description={t("settle.amountText", { open: money(open) })}
        inputMode="decimal"
        dir="ltr"
        placeholder={formatMoney(open, currency)}
        error={isAmount ? null : t(amount === undefined ? "field.notAnAmount" : "settle.aboveOpen")}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {way === "setOff" ? null : (
        <TextInput
          label={t(way === "payment" ? "settle.reference" : "field.reason")}
          description={t(`settle.${way}.text`)}
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {isAmount ? (
        <p aria-live="polite">{t(`settle.${way}.effect`, { amount: money(amount), left: money(open - amount) })}</p>
      ) : null}
    </Dialog>
  );
}
