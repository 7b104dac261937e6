import { Button, Checkbox, Group } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { useLate } from "../../app/use-late.ts";
import { t } from "../../i18n/messages.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { CASE_TOUCHES } from "./case-touches.ts";

type Decision = "clear" | "refuse";

/** Both ways, each with what follows from it. A refused case can still be cleared. */
export function DecideCase({ found }: { readonly found: components["schemas"]["FraudCaseDetail"] }) {
  const [decision, setDecision] = useState<Decision>();
  const [takesBack, setTakesBack] = useState(false);
  const decide = useAct("decideFraudCase", {
    touches: CASE_TOUCHES,
    onDone: () => {
      setDecision(undefined);
      toast(t("fraud.decided"));
    },
  });
  const { isLate, readAnew } = useLate(decide.error, "fraud.wrong_state", CASE_TOUCHES);
  const close = (): void => {
    setDecision(undefined);
    decide.reset();
    readAnew();
  };
  const decisions: readonly Decision[] = found.status === "refused" ? ["clear"] : ["clear", "refuse"];
  const isFinal = found.status === "appealed";
  return (
    <Group gap="sm">
      {decisions.map((one) => (
        <Button key={one} variant="default" onClick={() => setDecision(one)}>
          {t(`fraud.${one}`)}
        </Button>
      ))}
      {decision ? (
        <ReasonDialog
          key={decision}
          title={t(`fraud.${decision}`)}
          act={t(`fraud.${decision}`)}
          label={t("fraud.reasonLabel")}
          isDestructive={decision === "refuse"}
          effect={
            <>
              <p>
                {t(decision === "clear" ? "fraud.clearEffect" : isFinal ? "fraud.finalEffect" : "fraud.refuseEffect")}
              </p>
              {decision === "refuse" && found.subjectKind === "referral" ? (
                <Checkbox
                  label={t("fraud.takesBack")}
                  checked={takesBack}
                  onChange={(event) => setTakesBack(event.currentTarget.checked)}
                />
              ) : null}
            </>
          }
          isOpen
          onClose={close}
          isBusy={decide.isPending}
          error={decide.error}
          onSubmit={(reason) =>
            decide.mutate({
              path: { id: found.id },
              body: { decision, reason, ...(decision === "refuse" ? { takesBackApproved: takesBack } : {}) },
            })
          }
        >
          {isLate ? <p role="status">{t("act.late")}</p> : null}
        </ReasonDialog>
      ) : null}
    </Group>
  );
}
