import { Button, Group, Textarea, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { failureWords } from "./failure-words.ts";

type Detail = components["schemas"]["OperatorPayoutDetail"];
type Outcome = NonNullable<Detail["settlement"]>["outcome"];

const TOUCHES = ["getAnyPayout", "listAllPayouts", "getPayoutBatch"] as const;
const WORDS: Readonly<Record<Outcome, MessageKey>> = {
  paid: "settlement.paid",
  not_paid: "settlement.notPaid",
  returned: "settlement.returned",
};
const EFFECTS: Readonly<Record<Outcome, MessageKey>> = {
  paid: "settlement.paidEffect",
  not_paid: "settlement.notPaidEffect",
  returned: "settlement.returnedEffect",
};

/** What the operator alone sees of a payout, and may say of it: what holds it, and what became of it where no provider can tell. */
export function SettlePayout({ detail }: { readonly detail: Detail }) {
  const { held, settlement } = detail;
  return (
    <>
      <Facts
        facts={[
          held
            ? [t("payout.heldBy"), failureWords(held.code === "payout.held" ? (held.reason ?? held.code) : held.code)]
            : null,
          held?.isLasting ? [t("payout.heldFor"), t("payout.heldLasting")] : null,
          ...detail.settlements.map(
            ({ outcome, status, reason, reference }) =>
              [
                t(WORDS[outcome]),
                [t(`settlement.${status as "done"}`), reference, reason].filter(Boolean).join(" · "),
              ] as const,
          ),
        ]}
      />
      {settlement ? <Decide settlement={settlement} /> : <Say detail={detail} />}
    </>
  );
}

/** The first person says it. */
function Say({ detail: { id, status, paymentMethod, exportedAt } }: { readonly detail: Detail }) {
  const { may } = useMe();
  const [outcome, setOutcome] = useState<Outcome>();
  const [reason, setReason] = useState("");
  const [reference, setReference] = useState("");
  const done = {
    touches: TOUCHES,
    onDone: ({ settlement }: components["schemas"]["OperatorPayout"]) => {
      setOutcome(undefined);
      toast(t(settlement ? "settlement.waits" : "settlement.saved"));
    },
  };
  const settle = useAct("settlePayout", done);
  const giveBack = useAct("recordReturn", done);
  const { needsProof, dialog } = useStepUp();
  if (!may("payouts:process")) return null;
  const offered: readonly Outcome[] =
    status === "processing"
      ? ["paid", "not_paid"]
      : status === "completed" && paymentMethod === "bank_file"
        ? ["returned"]
        : [];
  const isReferenceNeeded = outcome === "paid" || (outcome === "returned" && exportedAt !== null);
  const words = { reason: reason.trim(), ...(reference.trim() === "" ? {} : { reference: reference.trim() }) };
  const submit = (): void => {
    const shown = { onError: (error: Error) => void needsProof(error, submit) };
    if (outcome === "returned") giveBack.mutate({ path: { id }, body: words }, shown);
    else if (outcome !== undefined) settle.mutate({ path: { id }, body: { outcome, ...words } }, shown);
  };
  return (
    <>
      <Group gap="sm">
        {offered.map((one) => (
          <Button key={one} variant="default" onClick={() => setOutcome(one)}>
            {t(WORDS[one])}
          </Button>
        ))}
      </Group>
      <Dialog
        title={t(WORDS[outcome ?? "paid"])}
        act={t("settlement.say")}
        isDestructive={outcome !== "paid"}
        isOpen={outcome !== undefined}
        onClose={() => setOutcome(undefined)}
        isBusy={settle.isPending || giveBack.isPending}
        error={unlessProof(settle.error ?? giveBack.error)}
        isReady={words.reason !== "" && (!isReferenceNeeded || "reference" in words)}
        onSubmit={submit}
      >
        <p>{t(EFFECTS[outcome ?? "paid"])}</p>
        {outcome === "returned" && exportedAt !== null ? <p>{t("settlement.wasExported")}</p> : null}
        <TextInput
          label={
            isReferenceNeeded ? t("settlement.reference") : t("field.optional", { label: t("settlement.reference") })
          }
          dir="ltr"
          autoComplete="off"
          maxLength={100}
          data-autofocus
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Textarea
          label={t("field.reason")}
          autosize
          minRows={2}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Dialog>
      {dialog}
    </>
  );
}

/** The second person says the same, or not. */
function Decide({ settlement }: { readonly settlement: NonNullable<Detail["settlement"]> }) {
  const { may, user } = useMe();
  const [asked, setAsked] = useState<"approve" | "refuse">();
  const done = {
    touches: TOUCHES,
    onDone: () => {
      setAsked(undefined);
      toast(t("settlement.saved"));
    },
  };
  const approve = useAct("approvePayoutSettlement", done);
  const refuse = useAct("refusePayoutSettlement", done);
  const { needsProof, dialog } = useStepUp();
  const path = { id: settlement.id };
  const sendApproval = (): void =>
    approve.mutate({ path }, { onError: (error) => void needsProof(error, sendApproval) });
  const isMine = settlement.proposedBy === user.id;
  if (!may("payouts:approve")) return null;
  return (
    <>
      {isMine ? <p>{t("settlement.ownSecond")}</p> : null}
      <Group gap="sm">
        {(["refuse", "approve"] as const).map((act) => (
          <ActButton
            key={act}
            variant={act === "refuse" ? "default" : "filled"}
            why={isMine ? t("settlement.ownSecond") : null}
            onClick={() => setAsked(act)}
          >
            {t(`settlement.${act}`)}
          </ActButton>
        ))}
      </Group>
      <Dialog
        title={t("settlement.approve")}
        act={t("settlement.approve")}
        isDestructive={settlement.outcome !== "paid"}
        isOpen={asked === "approve"}
        onClose={() => setAsked(undefined)}
        isBusy={approve.isPending}
        error={unlessProof(approve.error)}
        onSubmit={sendApproval}
      >
        <p>{t(EFFECTS[settlement.outcome])}</p>
      </Dialog>
      <ReasonDialog
        title={t("settlement.refuse")}
        act={t("settlement.refuse")}
        effect={t("settlement.refuseEffect")}
        isOpen={asked === "refuse"}
        onClose={() => setAsked(undefined)}
        isBusy={refuse.isPending}
        error={refuse.error}
        onSubmit={(reason) => refuse.mutate({ path, body: { reason } })}
      />
      {dialog}
    </>
  );
}
