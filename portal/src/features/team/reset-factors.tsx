import { Button } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

/** Beside a partner's page there may be no room for its words in one line. */
const WRAPPED = {
  root: { blockSize: "auto", minBlockSize: "2rem", maxInlineSize: "100%" },
  label: { whiteSpace: "normal" },
} as const;

/** Takes the second factors of somebody who has lost them. */
export function ResetFactors({ id, name }: { readonly id: string; readonly name: string }) {
  const [isOpen, setOpen] = useState(false);
  const { needsProof, dialog } = useStepUp();
  const reset = useAct("resetFactors", {
    touches: ["listUsers", "getPartnerTimeline"],
    onDone: () => {
      setOpen(false);
      toast(t("factor.resetDone"));
    },
  });
  const send = (reason: string): void =>
    reset.mutate(
      { path: { id }, body: { reason } },
      { onError: (error) => void needsProof(error, () => send(reason)) },
    );
  return (
    <>
      <Button
        variant="default"
        styles={WRAPPED}
        aria-label={`${t("factor.reset")}: ${name}`}
        onClick={() => setOpen(true)}
      >
        {t("factor.reset")}
      </Button>
      <ReasonDialog
        title={t("factor.reset")}
        act={t("factor.reset")}
        effect={t("factor.resetEffect")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={reset.isPending}
        error={unlessProof(reset.error)}
        isDestructive
        onSubmit={send}
      />
      {dialog}
    </>
  );
}
