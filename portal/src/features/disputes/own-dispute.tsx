import { Button, Group, Textarea } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useDraft } from "../../app/draft.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { Restored } from "../../ui/restored.tsx";
import { toast } from "../../ui/toast.tsx";
import { DisputeHead } from "./dispute-head.tsx";
import { DisputeMessages } from "./dispute-messages.tsx";
import { isUnsettled } from "./dispute-words.ts";
import { Evidence } from "./evidence.tsx";
import { currencyOf, type Evidence as EvidenceData } from "./evidence-type.ts";

type Detail = components["schemas"]["DisputeDetail"];
const EMPTY = { body: "" };
const TOUCHES = ["getDispute", "listDisputes", "getCommission", "listCommissions", "getCommissionSummary"] as const;

/** A dispute as its partner reads it: where it stands, what was said, what the team was sent, and what can be said still. */
export function OwnDispute({ dispute }: { readonly dispute: Detail }) {
  const evidence = dispute.evidence as EvidenceData;
  return (
    <>
      <DisputeHead dispute={dispute} currency={currencyOf(evidence)} />
      <DisputeMessages messages={dispute.messages} />
      {isUnsettled(dispute.status) ? (
        <Allowed scope="own:commissions:dispute" isExplained>
          <Answer dispute={dispute} />
        </Allowed>
      ) : null}
      <Evidence evidence={evidence} />
    </>
  );
}

function Answer({ dispute: { id, status, kind } }: { readonly dispute: Detail }) {
  const draft = useDraft(`dispute_${id}`, EMPTY);
  const { body } = draft.value;
  const [withdraws, setWithdraws] = useState(false);
  const answer = useAct("answerDispute", {
    touches: TOUCHES,
    onDone: () => {
      draft.clear();
      toast(t("dispute.answered"));
    },
  });
  const withdraw = useAct("withdrawDispute", {
    touches: TOUCHES,
    onDone: () => {
      setWithdraws(false);
      toast(t("dispute.withdrawn"));
    },
  });
  return (
    <>
      <Form
        act={t("dispute.send.answer")}
        isBusy={answer.isPending}
        error={answer.error}
        isReady={body.trim() !== ""}
        onSubmit={() => answer.mutate({ path: { id }, body: { body: body.trim() } })}
      >
        <Restored draft={draft} />
        <Textarea
          label={status === "waiting" ? t("dispute.answerAsked") : t("dispute.addWords")}
          autosize
          minRows={3}
          maxLength={2000}
          value={body}
          onChange={(event) => draft.change({ body: event.currentTarget.value })}
        />
      </Form>
      <Group>
        <Button variant="default" onClick={() => setWithdraws(true)}>
          {t("dispute.withdraw")}
        </Button>
      </Group>
      <Dialog
        title={t("dispute.withdraw")}
        act={t("dispute.withdraw")}
        isOpen={withdraws}
        onClose={() => setWithdraws(false)}
        isBusy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={() => withdraw.mutate({ path: { id } })}
      >
        <p>{kind === "missing" ? t("dispute.withdrawMissingEffect") : t("dispute.withdrawEffect")}</p>
      </Dialog>
    </>
  );
}
