import { Checkbox, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

/** Says whose a customer is who has not been converted, whatever was clicked. */
export function AssignCustomer({ onClose }: { readonly onClose: () => void }) {
  const { change } = useUrlState();
  const [externalId, setExternalId] = useState("");
  const [email, setEmail] = useState("");
  const [emailVerified, setVerified] = useState(false);
  const [partnerId, setPartner] = useState<string>();
  const [reason, setReason] = useState("");
  const assign = useAct("assignReferral", {
    touches: ["listAllReferrals", "getReferralFor", "explain"],
    onDone: ({ id }) => {
      toast(t("assignCustomer.done"));
      change({ act: undefined, open: id });
    },
  });
  const address = email.trim();
  return (
    <Dialog
      title={t("assignCustomer.act")}
      act={t("assignCustomer.act")}
      isOpen
      onClose={onClose}
      isBusy={assign.isPending}
      error={assign.error}
      isReady={externalId.trim() !== "" && partnerId !== undefined && reason.trim() !== ""}
      onSubmit={() =>
        assign.mutate({
          body: {
            externalId: externalId.trim(),
            partnerId: partnerId ?? "",
            reason: reason.trim(),
            ...(address !== "" && { email: address, emailVerified }),
          },
        })
      }
    >
      <p>{t("assignCustomer.text")}</p>
      <TextInput
        label={t("privacy.externalId")}
        description={t("assignCustomer.nameText")}
        dir="ltr"
        maxLength={255}
        autoComplete="off"
        data-autofocus
        value={externalId}
        onChange={(event) => setExternalId(event.currentTarget.value)}
      />
      <TextInput
        label={t("field.optional", { label: t("field.email") })}
        type="email"
        dir="ltr"
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      {address === "" ? null : (
        <Checkbox
          label={t("assignCustomer.verified")}
          checked={emailVerified}
          onChange={(event) => setVerified(event.currentTarget.checked)}
        />
      )}
      <PartnerPicker value={partnerId} onChange={setPartner} only={{ status: "active" }} />
      <Textarea
        label={t("field.reason")}
        description={t("assignCustomer.reasonText")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
