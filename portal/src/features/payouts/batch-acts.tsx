import { Button, TextInput } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { formatMoney, fromDecimal } from "../../ui/money.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import { HeldList } from "./held-list.tsx";

const TOUCHES = ["getPayoutBatch", "listPayoutBatches", "listAllPayouts", "previewPayouts"] as const;
type Asked = "approve" | "refuse" | "release" | "cancel";

/** What may be done with a batch now, by whom. Money leaves only after the total was typed. */
export function BatchActs({ batch }: { readonly batch: components["schemas"]["PayoutBatch"] }) {
  const { may, user } = useMe();
  const [asked, setAsked] = useState<Asked>();
  const [typed, setTyped] = useState("");
  const done = (words: string) => ({
    touches: TOUCHES,
    onDone: () => {
      setAsked(undefined);
      toast(words);
    },
  });
  const approve = useAct("approvePayoutBatch", done(t("batch.approved")));
  const refuse = useAct("refusePayoutBatch", done(t("batch.refused")));
  const release = useAct("releasePayoutBatch", {
    touches: TOUCHES,
    onDone: ({ processed, held }) =>
      done(
        held.length === 0
          ? t("batch.released")
          : t("batch.releasedSome", { processed, count: processed + held.length }),
      ).onDone(),
  });
  const cancel = useAct("cancelPayoutBatch", done(t("batch.cancelled")));
  const { needsProof, dialog } = useStepUp();
  const path = { id: batch.id };
  const sendApproval = (reason: string): void =>
    approve.mutate(
      { path, body: reason === "" ? {} : { reason } },
      { onError: (error) => void needsProof(error, () => sendApproval(reason)) },
    );
  const sendRelease = (): void => release.mutate({ path }, { onError: (error) => void needsProof(error, sendRelease) });
  const total = `${formatMoney(batch.amount, batch.currency)} ${batch.currency}`;
  const isMine = batch.madeBy === user.id;
  const close = (): void => setAsked(undefined);
  return (
    <>
      {batch.status === "waiting" && may("payouts:approve") ? (
        <>
          <Button variant="default" onClick={() => setAsked("refuse")}>
            {t("batch.refuse")}
          </Button>
          <ActButton why={isMine ? t("batch.ownSecond") : null} onClick={() => setAsked("approve")}>
            {t("batch.approve")}
          </ActButton>
        </>
      ) : null}
      {(batch.status === "ready" || batch.status === "waiting") && may("payouts:process") ? (
        <Button variant="default" onClick={() => setAsked("cancel")}>
          {t("batch.cancel")}
        </Button>
      ) : null}
      {batch.status === "ready" && may("payouts:process") ? (
        <Button onClick={() => setAsked("release")}>{t("batch.release")}</Button>
      ) : null}
      <ReasonDialog
        title={t("batch.approve")}
        act={t("batch.approve")}
        effect={t("batch.approveEffect", { total, count: batch.payouts })}
        isOptional
        isOpen={asked === "approve"}
        onClose={close}
        isBusy={approve.isPending}
        error={unlessProof(approve.error)}
        onSubmit={sendApproval}
      />
      <ReasonDialog
        title={t("batch.refuse")}
        act={t("batch.refuse")}
        effect={t("batch.refuseEffect")}
        isDestructive
        isOpen={asked === "refuse"}
        onClose={close}
        isBusy={refuse.isPending}
        error={refuse.error}
        onSubmit={(reason) => refuse.mutate({ path, body: { reason } })}
      />
      <Dialog
        title={t("batch.cancel")}
        act={t("batch.cancel")}
        isDestructive
        isOpen={asked === "cancel"}
        onClose={close}
        isBusy={cancel.isPending}
        error={cancel.error}
        onSubmit={() => cancel.mutate({ path })}
      >
        <p>{t("batch.cancelEffect")}</p>
      </Dialog>
      <Dialog
        title={t("batch.release")}
        act={t("batch.release")}
        isOpen={asked === "release"}
        onClose={close}
        isBusy={release.isPending}
        error={unlessProof(release.error)}
        isReady={fromDecimal(typed, batch.currency) === batch.amount}
        onSubmit={sendRelease}
      >
        <p>{t("batch.releaseEffect", { total, count: batch.payouts })}</p>
        <TextInput
          label={t("batch.typeTotal", { currency: batch.currency })}
          inputMode="decimal"
          dir="ltr"
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <HeldList error={release.error} />
      </Dialog>
      {dialog}
    </>
  );
}
