import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { CountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

type Agreement = components["schemas"]["FeeAgreement"];
type AgreeFeesProps = {
  /** The agreement that is changed; a new one where there is none. */
  readonly agreement?: Agreement | undefined;
  readonly onClose: () => void;
};
const DUE_DAYS = 14;

/** What is agreed with a partner on fees: from when on its tier's fees are charged, and how they are settled. */
export function AgreeFees({ agreement, onClose }: AgreeFeesProps) {
  const [partnerId, setPartner] = useState(agreement?.partnerId);
  const [startsOn, setStart] = useState(agreement?.startsOn ?? "");
  const [endsOn, setEnd] = useState(agreement?.endsOn ?? "");
  const [supportFrom, setSupport] = useState(agreement?.supportFrom ?? "");
  const [maySetOff, setSetOff] = useState(agreement?.maySetOff ?? false);
  const [dueDays, setDueDays] = useState<Parsed>(agreement?.dueDays ?? DUE_DAYS);
  const agree = useAct("agreeFees", {
    touches: ["listFeeAgreements"],
    onDone: () => {
      toast(t("agreement.agreed"));
      onClose();
    },
  });
  const day = (label: string, value: string, set: (value: string) => void, description?: string) => (
    <TextInput
      type="date"
      label={label}
      {...(description ? { description } : {})}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
  return (
    <Dialog
      title={t("agreement.agree")}
      act={t("agreement.agree")}
      isOpen
      onClose={onClose}
      isBusy={agree.isPending}
      error={agree.error}
      isReady={partnerId !== undefined && startsOn !== "" && dueDays != null}
      onSubmit={() =>
        agree.mutate({
          path: { partnerId: partnerId ?? "" },
          body: {
            startsOn,
            endsOn: endsOn || null,
            supportFrom: supportFrom || null,
            maySetOff,
            dueDays: dueDays ?? DUE_DAYS,
          },
        })
      }
    >
      {agreement ? null : <PartnerPicker value={partnerId} onChange={setPartner} />}
      {day(t("agreement.starts"), startsOn, setStart, t("agreement.startsText"))}
      {day(t("agreement.ends"), endsOn, setEnd, t("agreement.endsText"))}
      {day(t("agreement.support"), supportFrom, setSupport, t("agreement.supportText"))}
      <CountField label={t("agreement.dueDays")} most={365} isRequired initial={dueDays} onChange={setDueDays} />
      <Checkbox
        label={t("agreement.setOff")}
        description={t("agreement.setOffText")}
        checked={maySetOff}
        onChange={(event) => setSetOff(event.currentTarget.checked)}
      />
    </Dialog>
  );
}
