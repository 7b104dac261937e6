import { Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";

type Agreement = components["schemas"]["Agreement"];
type Version = Agreement["versions"][number];
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const TOUCHES = ["getAgreement", "listAgreements"] as const;

type Props = {
  /** Undefined: it is a new one. */
  readonly agreement?: Agreement;
  /** The draft that is changed. */
  readonly draft?: Version;
  /** What a new draft begins with. */
  readonly from?: Version | undefined;
  readonly onClose: () => void;
};

/** Writes a draft: of a new agreement, of the next version of one, or over one that there is. */
export function WriteAgreement({ agreement, draft, from = draft, onClose }: Props) {
  const [begun] = useState(() => ({
    name: "",
    tiers: TIERS as readonly string[],
    title: from?.title ?? "",
    body: from?.body ?? "",
    blocksPayouts: from?.blocksPayouts ?? true,
    blocksApproval: from?.blocksApproval ?? true,
    days: String(from?.graceDays ?? 30),
  }));
  // By the hash of the draft too: what was typed over one is not put over what somebody has made of it since.
  const typed = useDraft(`agreement_${draft?.textHash ?? ""}_${draft?.id ?? agreement?.id ?? "new"}`, begun);
  const { name, tiers, title, body, blocksPayouts, blocksApproval, days } = typed.value;
  const settings = {
    touches: TOUCHES,
    onDone: () => {
      typed.clear();
      onClose();
      toast(t("contracts.keptToast"));
    },
  };
  const create = useAct("createAgreement", settings);
  const next = useAct("draftAgreementVersion", settings);
  const edit = useAct("editAgreementDraft", settings);
  const act = draft ? edit : agreement ? next : create;
  const text = { title: title.trim(), body, blocksPayouts, blocksApproval, graceDays: Number(days) };
  const isWhole =
    text.title !== "" &&
    body.trim() !== "" &&
    /^\d{1,3}$/.test(days) &&
    (agreement !== undefined || (name.trim() !== "" && tiers.length > 0));
  const submit = (): void => {
    if (draft) edit.mutate({ path: { id: draft.id }, body: { readHash: draft.textHash, ...text } });
    else if (agreement) next.mutate({ path: { id: agreement.id }, body: text });
    else
      create.mutate({
        body: { name: name.trim(), tiers: TIERS.filter((tier) => tiers.includes(tier)), ...text },
      });
  };
  return (
    <Dialog
      title={t(draft ? "contracts.edit" : agreement ? "contracts.next" : "contracts.new")}
      act={t("contracts.keep")}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={isWhole}
      onSubmit={submit}
    >
      <Restored draft={typed} />
      {agreement ? null : (
        <>
          <TextInput
            label={t("contracts.name")}
            description={t("contracts.nameText")}
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => typed.change({ name: event.currentTarget.value })}
          />
          <Checkbox.Group
            label={t("contracts.tiers")}
            value={[...tiers]}
            onChange={(chosen) => typed.change({ tiers: chosen })}
          >
            <Group gap="lg">
              {TIERS.map((tier) => (
                <Checkbox key={tier} value={tier} label={t("tier.name", { tier: tier.replace("tier", "") })} />
              ))}
            </Group>
          </Checkbox.Group>
        </>
      )}
      <TextInput
        label={t("contracts.heading")}
        maxLength={200}
        value={title}
        onChange={(event) => typed.change({ title: event.currentTarget.value })}
      />
      <Textarea
        label={t("contracts.body")}
        description={t("contracts.bodyText")}
        autosize
        minRows={8}
        maxRows={18}
        maxLength={90_000}
        dir="auto"
        value={body}
        onChange={(event) => typed.change({ body: event.currentTarget.value })}
      />
      <Checkbox
        label={t("contracts.blocksPayoutsLong")}
        checked={blocksPayouts}
        onChange={(event) => typed.change({ blocksPayouts: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("contracts.blocksApprovalLong")}
        checked={blocksApproval}
        onChange={(event) => typed.change({ blocksApproval: event.currentTarget.checked })}
      />
      <TextInput
        label={t("contracts.graceDays")}
        inputMode="numeric"
        value={days}
        onChange={(event) => typed.change({ days: event.currentTarget.value })}
      />
    </Dialog>
  );
}
