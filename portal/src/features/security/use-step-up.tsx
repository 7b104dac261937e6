import { PasswordInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { isTributaryError } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";

/** Does acts that need proof of just now: where the server asks for it, the password is asked for and the act done again. */
export function useStepUp() {
  const [again, setAgain] = useState<() => void>();
  const [password, setPassword] = useState("");
  const close = (): void => {
    setAgain(undefined);
    setPassword("");
  };
  const proof = useAct("stepUp", {
    touches: [],
    onDone: () => {
      const act = again;
      close();
      act?.();
    },
  });
  /** For `onError`: says whether it was only the proof that was missing. */
  const needsProof = (error: unknown, act: () => void): boolean => {
    if (!isTributaryError(error) || error.code !== "auth.step_up_required") return false;
    setAgain(() => act);
    return true;
  };
  const dialog = (
    <Dialog
      title={t("factor.stepUp")}
      act={t("factor.stepUp")}
      isOpen={again !== undefined}
      onClose={close}
      isBusy={proof.isPending}
      error={proof.error}
      isReady={password !== ""}
      onSubmit={() => proof.mutate({ body: { password } })}
    >
      <div>{t("factor.stepUpText")}</div>
      <PasswordInput
        label={t("field.password")}
        autoComplete="current-password"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
      />
    </Dialog>
  );
  return { needsProof, dialog };
}

/** What is left to show of an error once a missing proof is asked for by itself. */
export const unlessProof = (error: Error | null): Error | null =>
  isTributaryError(error) && error.code === "auth.step_up_required" ? null : error;
