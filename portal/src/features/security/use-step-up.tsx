import { PasswordInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { isTributaryError } from "@tributary/sdk";
import { lazy, Suspense, useState } from "react";
import { api } from "../../app/api.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Popup } from "../../ui/popup.tsx";

const SecondFactor = lazy(() => import("./second-factor.tsx"));

/**
 * Does acts that need proof of just now: where the server asks for it, the password is asked for, of whoever has one a second factor too, and
 * the act done again.
 */
export function useStepUp() {
  const [again, setAgain] = useState<() => void>();
  const [password, setPassword] = useState("");
  const close = (): void => {
    setAgain(undefined);
    setPassword("");
    proof.reset();
  };
  const goOn = (): void => {
    const act = again;
    close();
    act?.();
  };
  const proof = useAct("stepUp", { touches: [], onDone: goOn });
  /** For `onError`: says whether it was only the proof that was missing. */
  const needsProof = (error: unknown, act: () => void): boolean => {
    if (!isTributaryError(error) || error.code !== "auth.step_up_required") return false;
    setAgain(() => act);
    return true;
  };
  const { error } = proof;
  const asked = isTributaryError(error) && error.code === "auth.step_up_factor_required" ? error.facts : undefined;
  const isWrong = isTributaryError(error, "auth.credentials_wrong");
  const dialog = (
    <>
      <Dialog
        title={t("factor.stepUp")}
        act={t("factor.stepUp")}
        isOpen={again !== undefined && asked === undefined}
        onClose={close}
        isBusy={proof.isPending}
        error={isWrong ? null : error}
        isReady={password !== ""}
        onSubmit={() => proof.mutate({ body: { password } })}
      >
        <div>{t("factor.stepUpText")}</div>
        <PasswordInput
          label={t("field.password")}
          autoComplete="current-password"
          data-autofocus
          error={isWrong ? t("factor.passwordWrong") : null}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
        />
      </Dialog>
      {asked ? (
        <Popup title={t("factor.stepUp")} onClose={close}>
          <Suspense>
            <SecondFactor
              facts={asked}
              act={t("factor.stepUp")}
              send={async (shown) => {
                await api.stepUpByFactor({ body: shown });
                goOn();
              }}
              onBack={close}
            />
          </Suspense>
        </Popup>
      ) : null}
    </>
  );
  return { needsProof, dialog };
}

/** What is left to show of an error once a missing proof is asked for by itself. */
export const unlessProof = (error: Error | null): Error | null =>
  isTributaryError(error) && error.code === "auth.step_up_required" ? null : error;
