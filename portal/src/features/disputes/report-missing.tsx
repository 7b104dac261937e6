import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";

const KINDS = ["customer", "transaction", "referral", "click"] as const;
const EMPTY = { kind: "customer" as (typeof KINDS)[number], reference: "", reason: "" };

/** The partner says that it should have earned on something, and names it as well as it can. */
export function ReportMissing({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { open } = useUrlState();
  const draft = useDraft("missing", EMPTY);
  const { kind, reference, reason } = draft.value;
  const report = useAct("disputeCommission", {
    touches: ["listDisputes"],
    onDone: ({ id }) => {
      draft.clear();
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
      <Restored draft={draft} />
      <NativeSelect
        label={t("missing.kind")}
        data={KINDS.map((value) => ({ value, label: t(`missing.${value}`) }))}
        value={kind}
        onChange={(event) => draft.change({ kind: event.currentTarget.value as typeof kind })}
      />
      <TextInput
        label={t("missing.reference")}
        description={t(`missing.${kind}.text`)}
        dir="ltr"
        maxLength={200}
        value={reference}
        onChange={(event) => draft.change({ reference: event.currentTarget.value })}
      />
      <Textarea
        label={t("missing.reason")}
        autosize
        minRows={3}
        maxLength={2000}
        value={reason}
        onChange={(event) => draft.change({ reason: event.currentTarget.value })}
      />
    </Dialog>
  );
}
