import { Button, Textarea } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";

const EMPTY = { reason: "" };

/** The partner says that a number is wrong. It is held until somebody has looked at it. */
export function DisputeCommission({ detail }: { readonly detail: components["schemas"]["CommissionDetail"] }) {
  const [isOpen, setOpen] = useState(false);
  const draft = useDraft(`dispute_${detail.id}`, EMPTY);
  const { reason } = draft.value;
  const dispute = useAct("disputeCommission", {
    touches: ["getCommission", "listCommissions", "getCommissionSummary", "listDisputes"],
    onDone: () => {
      draft.clear();
      setOpen(false);
      toast(t("dispute.sent"));
    },
  });
  const isOver = detail.status === "cancelled" || detail.status === "disputed" || detail.reversesId !== null;
  if (isOver) return null;
  return (
    <div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("dispute.act")}
      </Button>
      <Dialog
        title={t("dispute.act")}
        act={t("dispute.send")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={dispute.isPending}
        error={dispute.error}
        isReady={reason.trim() !== ""}
        onSubmit={() => dispute.mutate({ body: { commissionId: detail.id, reason } })}
      >
        <p>{t("dispute.explain")}</p>
        <Restored draft={draft} />
        <Textarea
          label={t("dispute.reason")}
          autosize
          minRows={4}
          maxLength={2000}
          required
          withAsterisk={false}
          data-autofocus
          value={reason}
          onChange={(event) => draft.change({ reason: event.currentTarget.value })}
        />
      </Dialog>
    </div>
  );
}
