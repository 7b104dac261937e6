import { Button, Checkbox } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Year } from "./tax-words.ts";

const TOUCHES = ["getTaxYear", "listTaxLines", "listAllTaxDocuments", "listTaxDifferences"] as const;

/** What is done with a whole year: it is closed once it is over, and corrected afterwards. */
export function CloseYear({ year }: { readonly year: Year }) {
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!may("tax:write") || year.status === "running") return null;
  return (
    <>
      <Button variant={year.status === "over" ? "filled" : "default"} onClick={() => setOpen(true)}>
        {t(year.status === "over" ? "tax.close" : "tax.correct")}
      </Button>
      {isOpen && year.status === "over" ? <CloseDialog year={year} onClose={() => setOpen(false)} /> : null}
      {isOpen && year.status === "closed" ? <CorrectDialog year={year} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

type YearDialogProps = { readonly year: Year; readonly onClose: () => void };

function CloseDialog({ year, onClose }: YearDialogProps) {
  const [leaveOutMissing, setLeaveOut] = useState(false);
  const missing = year.states.find(({ state }) => state === "form_missing")?.partners ?? 0;
  const close = useAct("closeTaxYear", {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("tax.closed"));
    },
  });
  return (
    <Dialog
      title={t("tax.close")}
      act={t("tax.close")}
      isOpen
      onClose={onClose}
      isBusy={close.isPending}
      error={close.error}
      isReady={missing === 0 || leaveOutMissing}
      onSubmit={() => close.mutate({ path: { year: year.year }, body: { leaveOutMissing } })}
    >
      <p>{t("tax.closeText", { year: String(year.year) })}</p>
      {missing > 0 ? (
        <Checkbox
          label={t("tax.leaveOut", { count: missing })}
          checked={leaveOutMissing}
          onChange={(event) => setLeaveOut(event.currentTarget.checked)}
        />
      ) : null}
    </Dialog>
  );
}

function CorrectDialog({ year, onClose }: YearDialogProps) {
  const correct = useAct("correctTaxYear", {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("tax.corrected"));
    },
  });
  return (
    <Dialog
      title={t("tax.correct")}
      act={t("tax.correct")}
      isOpen
      onClose={onClose}
      isBusy={correct.isPending}
      error={correct.error}
      onSubmit={() => correct.mutate({ path: { year: year.year } })}
    >
      <p>{t("tax.correctText")}</p>
    </Dialog>
  );
}
