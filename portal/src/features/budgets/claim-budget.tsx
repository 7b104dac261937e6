import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { type TicketFile, TicketFiles } from "../support/ticket-files.tsx";

type ClaimBudgetProps = {
  readonly budgets: readonly components["schemas"]["Budget"][];
  readonly onClose: () => void;
};

const EMPTY = { id: "", typed: "", spentOn: "", description: "", files: [] as readonly TicketFile[] };
const OPTIONS = { unkept: ["files"] } as const;

/** The partner says what it has spent, and proves it. */
export function ClaimBudget({ budgets, onClose }: ClaimBudgetProps) {
  const draft = useDraft("claim", EMPTY, OPTIONS);
  const { typed, spentOn, description, files } = draft.value;
  const claim = useAct("claimBudget", {
    touches: ["listBudgets", "listBudgetClaims"],
    onDone: () => {
      draft.clear();
      onClose();
      toast(t("claim.sent"));
    },
  });
  // What was kept may have been claimed up or ended meanwhile.
  const budget = budgets.find((one) => one.id === draft.value.id) ?? budgets[0];
  if (budget === undefined) return null;
  const { id, currency, left } = budget;
  const amount = typed === "" ? undefined : fromDecimal(typed, currency);
  const isAmount = amount !== undefined && amount > 0 && amount <= left;
  return (
    <Dialog
      title={t("claim.new")}
      act={t("claim.send")}
      isOpen
      onClose={onClose}
      isBusy={claim.isPending}
      error={claim.error}
      isReady={isAmount && spentOn !== "" && description.trim() !== "" && files.length > 0}
      onSubmit={() => {
        if (isAmount)
          claim.mutate({
            body: { budgetId: id, amount, spentOn, description: description.trim(), files: [...files] },
          });
      }}
    >
      <Restored draft={draft} />
      <NativeSelect
        label={t("budget.period")}
        value={id}
        onChange={(event) => draft.change({ id: event.currentTarget.value })}
        data={budgets.map((one) => ({
          value: one.id,
          label: `${formatDay(one.periodStart)} – ${formatDay(one.periodEnd)} (${one.currency})`,
        }))}
      />
      <TextInput
        label={t("settle.amount", { currency })}
        description={t("claim.amountText", { left: `${formatMoney(left, currency)} ${currency}` })}
        inputMode="decimal"
        dir="ltr"
        error={typed === "" || isAmount ? null : t(amount === undefined ? "field.notAnAmount" : "claim.aboveLeft")}
        data-autofocus
        value={typed}
        onChange={(event) => draft.change({ typed: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t("claim.spentOn")}
        min={budget.periodStart}
        max={budget.periodEnd}
        value={spentOn}
        onChange={(event) => draft.change({ spentOn: event.currentTarget.value })}
      />
      <Textarea
        label={t("claim.description")}
        autosize
        minRows={2}
        maxLength={1000}
        value={description}
        onChange={(event) => draft.change({ description: event.currentTarget.value })}
      />
      <TicketFiles files={files} onChange={(chosen) => draft.change({ files: chosen })} />
    </Dialog>
  );
}
