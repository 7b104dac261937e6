import { Button, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatMoney } from "../../ui/money.ts";
import { toast } from "../../ui/toast.tsx";

type Detail = components["schemas"]["InvoiceDetail"];
type Settlement = Detail["settlements"][number];

/** A set-off is undone once. */
export const mayBeUndone = ({ id, kind, undoes: undone }: Settlement, all: readonly Settlement[]): boolean =>
  kind === "set_off" && undone === null && all.every(({ undoes }) => undoes !== id);

type UndoSetOffProps = { readonly invoice: Detail; readonly settlement: Settlement };

/** Gives back what earnings have paid of an invoice. */
export function UndoSetOff({ invoice: { id, currency }, settlement }: UndoSetOffProps) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const undo = useAct("undoSetOff", {
    touches: ["getAnyInvoice", "listAllInvoices"],
    onDone: () => {
      setOpen(false);
      toast(t("settle.undo.done"));
    },
  });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("settle.undo")}
      </Button>
      <Dialog
        title={t("settle.undo")}
        act={t("settle.undo")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={undo.isPending}
        error={undo.error}
        isReady={reason.trim() !== ""}
        onSubmit={() => undo.mutate({ path: { id }, body: { settlementId: settlement.id, reason: reason.trim() } })}
      >
        <TextInput
          label={t("field.reason")}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p>{t("settle.undo.effect", { amount: `${formatMoney(settlement.amount, currency)} ${currency}` })}</p>
      </Dialog>
    </>
  );
}
