import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";

const KINDS = ["customer", "transaction", "referral", "click"] as const;

/** The partner says that it should have earned on something, and names it as well as it can. */
export function ReportMissing({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const [kind, setKind] = useState<(typeof KINDS)[number]>("customer");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const report = useAct("disputeCommission", {
    touches: ["listDisputes"],
    onDone: ({ id }) => {
      setReference("");
      setReason("");
      onClose();
      toast(t("dispute.sent"));
      open(id);
    },
  });
  return (
    <Dialog
      title={t("missing.act")}
      act={t("missing.send")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={report.isPending}
      error={report.error}
      isReady={reference.trim() !== "" && reason.trim() !== ""}
      onSubmit={() =>
        report.mutate({ body: { missing: { kind, reference: reference.trim() }, reason: reason.trim() } })
      }
    >
      <p>{t("missing.explain")}</p>
      <NativeSelect
        label={t("missing.kind")}
        data={KINDS.map((value) => ({ value, label: t(`missing.${value}`) }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
      />
      <TextInput
        label={t("missing.reference")}
        description={t(`missing.${kind}.text`)}
        dir="ltr"
        maxLength={200}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <Textarea
        label={t("missing.reason")}
        autosize
        minRows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
