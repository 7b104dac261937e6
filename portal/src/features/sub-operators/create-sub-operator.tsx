import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { type Parsed, PercentField } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";
import { areRead, LimitsFields, NO_LIMITS, type TypedLimits } from "./limits-fields.tsx";

type Mode = "share" | "licence";
const DUE_DAYS = 30;
/** Nobody else becomes one. */
const CANDIDATES = { status: "active", tier: "tier3" } as const;

/** Makes a partner of the third tier a sub-operator: who it is, where it answers, who is invited, what it may do and what it owes. */
export function CreateSubOperator({ onClose }: { readonly onClose: () => void }) {
  const [partnerId, setPartner] = useState<string>();
  const [texts, setTexts] = useState({ name: "", host: "", email: "", admin: "", feesFrom: "" });
  const [mode, setMode] = useState<Mode>("share");
  const [revenueShare, setShare] = useState<Parsed>(null);
  const [limits, setLimits] = useState<TypedLimits>(NO_LIMITS);
  const create = useAct("createSubOperator", {
    touches: ["listSubOperators"],
    onDone: () => {
      toast(t("subOperator.created"));
      onClose();
    },
  });
  const field = (name: keyof typeof texts, more: { type?: string; description?: string; dir?: "ltr" } = {}) => (
    <TextInput
      label={t(`subOperator.${name}`)}
      {...more}
      value={texts[name]}
      onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
    />
  );
  const { name, host, email, admin, feesFrom } = texts;
  const isNamed = [name, host, email, admin].every((text) => text.trim() !== "");
  return (
    <Dialog
      title={t("subOperator.create")}
      act={t("subOperator.create")}
      isOpen
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      isReady={partnerId !== undefined && isNamed && revenueShare !== undefined && areRead(limits)}
      onSubmit={() => {
        if (partnerId === undefined || !areRead(limits)) return;
        create.mutate({
          body: {
            partnerId,
            name: name.trim(),
            host: host.trim(),
            admin: { email: email.trim(), name: admin.trim() },
            limits,
            mode,
            ...(mode === "share" && revenueShare != null ? { revenueShare } : {}),
            ...(feesFrom === ""
              ? {}
              : { fees: { startsOn: feesFrom, supportFrom: null, maySetOff: false, dueDays: DUE_DAYS } }),
          },
        });
      }}
    >
      <PartnerPicker value={partnerId} onChange={setPartner} only={CANDIDATES} />
      {field("name")}
      {field("host", { description: t("subOperator.hostText"), dir: "ltr" })}
      {field("email", { type: "email", description: t("subOperator.emailText"), dir: "ltr" })}
      {field("admin")}
      <NativeSelect
        label={t("subOperator.contract")}
        value={mode}
        data={[
          { value: "share", label: t("subOperator.mode.share") },
          { value: "licence", label: t("subOperator.mode.licence") },
        ]}
        onChange={(event) => setMode(event.currentTarget.value as Mode)}
      />
      {mode === "share" ? (
        <PercentField
          label={t("subOperator.revenueShare")}
          description={t("subOperator.revenueShareText")}
          initial={null}
          onChange={setShare}
        />
      ) : null}
      {field("feesFrom", { type: "date", description: t("subOperator.feesFromText") })}
      <LimitsFields initial={NO_LIMITS} onChange={setLimits} />
    </Dialog>
  );
}
