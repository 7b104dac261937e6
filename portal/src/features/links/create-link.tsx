import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";

const SUB_IDS = ["sub1", "sub2"] as const;
const EMPTY = { campaign: "", destination: "", sub1: "", sub2: "" };

/** A link for a campaign or a place; it is copied when it is made. */
export function CreateLink({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const [form, setForm] = useState(EMPTY);
  const type = (name: keyof typeof EMPTY) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setForm((before) => ({ ...before, [name]: value }));
  };
  const create = useAct("generateReferralLink", {
    touches: ["listReferralLinks"],
    onDone: ({ url }) => {
      setForm(EMPTY);
      onClose();
      // A browser may refuse the clipboard; the link is in the list then.
      navigator.clipboard.writeText(url).then(
        () => toast(t("links.createdCopied")),
        () => toast(t("links.created")),
      );
    },
  });
  const submit = (): void => {
    const { campaign, destination } = form;
    const subIds = Object.fromEntries(SUB_IDS.filter((name) => form[name] !== "").map((name) => [name, form[name]]));
    create.mutate({
      body: {
        ...(campaign === "" ? {} : { campaign }),
        ...(destination === "" ? {} : { destination }),
        ...(Object.keys(subIds).length === 0 ? {} : { subIds }),
      },
    });
  };
  return (
    <Dialog
      title={t("links.create")}
      act={t("links.create")}
      isOpen={isOpen}
      onClose={onClose}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={submit}
    >
      <TextInput
        label={t("links.campaign")}
        description={t("links.campaignText")}
        data-autofocus
        value={form.campaign}
        onChange={type("campaign")}
      />
      <TextInput
        label={t("links.destination")}
        description={t("links.destinationText")}
        type="url"
        value={form.destination}
        onChange={type("destination")}
      />
      {SUB_IDS.map((name) => (
        <TextInput
          key={name}
          label={t("field.optional", { label: t("links.subId", { name }) })}
          description={name === "sub1" ? t("links.subIdText") : undefined}
          value={form[name]}
          onChange={type(name)}
        />
      ))}
    </Dialog>
  );
}
