import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type components, isTributaryError } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { fromDecimal } from "../../ui/money.ts";
import { toast } from "../../ui/toast.tsx";
import { DESK_TOUCHES } from "./desk-touches.ts";
import { effectWords, type Outcome } from "./dispute-effect.ts";
import { currencyOf, type Evidence } from "./evidence-type.ts";

type Dispute = components["schemas"]["DeskDisputeDetail"];
type Props = { readonly dispute: Dispute; readonly evidence: Evidence };

const wordsOf = (outcome: Outcome, kind: Dispute["kind"]): string =>
  kind === "missing" && outcome !== "name" && outcome !== "cancel"
    ? t(`dispute.${outcome}Missing`)
    : t(`dispute.${outcome}`);

/** The decision. Each way says what it will book; of something missing there is nothing to cancel. */
export function ResolveDispute({ dispute, evidence }: Props) {
  const [outcome, setOutcome] = useState<Outcome>();
  const grants: readonly Outcome[] = evidence.sale ? ["adjust", "name"] : ["name"];
  const outcomes: readonly Outcome[] =
    dispute.kind === "missing" ? ["uphold", ...grants] : ["uphold", "adjust", "cancel"];
  return (
    <Group gap="sm">
      {outcomes.map((one) => (
        <Button key={one} variant="default" onClick={() => setOutcome(one)}>
          {wordsOf(one, dispute.kind)}
        </Button>
      ))}
      {outcome ? (
        <ResolveDialog
          key={outcome}
          dispute={dispute}
          evidence={evidence}
          outcome={outcome}
          onClose={() => setOutcome(undefined)}
        />
      ) : null}
    </Group>
  );
}

function ResolveDialog({
  dispute,
  evidence,
  outcome,
  onClose,
}: Props & { readonly outcome: Outcome; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [commissionId, setCommissionId] = useState("");
  const [resolution, setResolution] = useState("");
  const currency = currencyOf(evidence) ?? "USD";
  const amount = fromDecimal(typed, currency);
  const resolve = useAct("resolveDispute", {
    touches: DESK_TOUCHES,
    onDone: () => {
      onClose();
      toast(t("dispute.resolved"));
    },
  });
  const client = useQueryClient();
  const isSettled = isTributaryError(resolve.error) && resolve.error.code === "commission.dispute_settled";
  // Under a name of its own: the drawer behind, which shows no decision of what is settled, stays until this is read.
  const { data: settled } = useQuery({
    queryKey: ["settledMeanwhile", dispute.id],
    queryFn: () => api.getAnyDispute({ path: { id: dispute.id } }),
    enabled: isSettled,
  });
  const close = (): void => {
    onClose();
    if (isSettled) for (const id of DESK_TOUCHES) void client.invalidateQueries({ queryKey: [id] });
  };
  const isNew = amount !== undefined && amount > 0 && amount !== evidence.commission?.amount;
  const isFilled = outcome === "adjust" ? isNew : outcome === "name" ? commissionId.trim() !== "" : true;
  const words = wordsOf(outcome, dispute.kind);
  return (
    <Dialog
      title={words}
      act={words}
      isDestructive={outcome === "cancel"}
      isOpen
      onClose={close}
      isBusy={resolve.isPending}
      error={resolve.error}
      isReady={isFilled && resolution.trim() !== "" && !isSettled}
      onSubmit={() =>
        resolve.mutate({
          path: { id: dispute.id },
          body: {
            outcome: outcome === "name" ? "adjust" : outcome,
            resolution: resolution.trim(),
            ...(outcome === "adjust" && amount !== undefined ? { amount } : {}),
            ...(outcome === "name" ? { commissionId: commissionId.trim() } : {}),
          },
        })
      }
    >
      {outcome === "adjust" ? (
        <TextInput
          label={t("dispute.amount", { currency })}
          description={t("dispute.amountText")}
          inputMode="decimal"
          dir="ltr"
          error={typed !== "" && amount === undefined ? t("field.notAnAmount") : null}
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : null}
      {outcome === "name" ? (
        <TextInput
          label={t("dispute.commissionId")}
          description={t("dispute.commissionIdText")}
          dir="ltr"
          data-autofocus
          value={commissionId}
          onChange={(event) => setCommissionId(event.currentTarget.value)}
        />
      ) : null}
      <p aria-live="polite">{effectWords({ dispute, evidence, outcome, amount })}</p>
      {settled ? (
        <p>
          {t("dispute.settledMeanwhile", {
            outcome: t(`status.dispute.${settled.status}`),
            answer: settled.resolution ?? "",
          })}
        </p>
      ) : null}
      <Textarea
        label={t("dispute.answer")}
        description={t("dispute.answerText")}
        autosize
        minRows={3}
        maxLength={2000}
        value={resolution}
        onChange={(event) => setResolution(event.currentTarget.value)}
      />
    </Dialog>
  );
}
