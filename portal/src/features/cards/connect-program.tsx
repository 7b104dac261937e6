import { Checkbox, PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerPicker } from "../partners/partner-picker.tsx";

/** Connects a programme at the card issuer by the two tokens that it gave. */
export function ConnectProgram({ onClose }: { readonly onClose: () => void }) {
  const { data: program } = useQuery(read("getProgram"));
  const [name, setName] = useState("");
  const [baseUrl, setBaseUrl] = useState("");
  const [typed, setCurrency] = useState<string>();
  const [applicationToken, setApplicationToken] = useState("");
  const [adminToken, setAdminToken] = useState("");
  const [isOwn, setOwn] = useState(false);
  const [partnerId, setPartner] = useState<string>();
  const currency = (typed ?? program?.currency ?? "").trim().toUpperCase();
  const connect = useAct("connectCardProgram", {
    touches: ["listCardPrograms"],
    onDone: () => {
      toast(t("cardProgram.connected"));
      onClose();
    },
  });
  const token = (label: string, value: string, set: (value: string) => void) => (
    <PasswordInput
      label={label}
      dir="ltr"
      autoComplete="off"
      maxLength={200}
      value={value}
      onChange={(event) => set(event.currentTarget.value.trim())}
      visibilityToggleButtonProps={{ "aria-label": `${t("cardProgram.showToken")}: ${label}` }}
    />
  );
  return (
    <Dialog
      title={t("cardProgram.connect")}
      act={t("cardProgram.connect")}
      isOpen
      onClose={onClose}
      isBusy={connect.isPending}
      error={connect.error}
      isReady={
        name.trim() !== "" &&
        baseUrl.trim() !== "" &&
        currency.length === 3 &&
        applicationToken !== "" &&
        adminToken !== "" &&
        (!isOwn || partnerId !== undefined)
      }
      onSubmit={() =>
        connect.mutate({
          body: {
            name: name.trim(),
            baseUrl: baseUrl.trim(),
            currency,
            applicationToken,
            adminToken,
            ...(isOwn && partnerId !== undefined && { partnerId }),
          },
        })
      }
    >
      <p>{t("cardProgram.connectText")}</p>
      <TextInput
        label={t("field.name")}
        maxLength={40}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("column.address")}
        description={t("cardProgram.addressText")}
        placeholder="https://….marqeta.com/v3"
        type="url"
        dir="ltr"
        maxLength={200}
        value={baseUrl}
        onChange={(event) => setBaseUrl(event.currentTarget.value)}
      />
      {token(t("cardProgram.applicationToken"), applicationToken, setApplicationToken)}
      {token(t("cardProgram.adminToken"), adminToken, setAdminToken)}
      <TextInput
        label={t("column.currency")}
        description={t("cardProgram.currencyText")}
        dir="ltr"
        maxLength={3}
        value={typed ?? currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
      />
      <Checkbox
        label={t("cardProgram.own")}
        description={t("cardProgram.ownText")}
        checked={isOwn}
        onChange={(event) => setOwn(event.currentTarget.checked)}
      />
      {isOwn ? <PartnerPicker value={partnerId} onChange={setPartner} only={{ status: "active" }} /> : null}
    </Dialog>
  );
}
