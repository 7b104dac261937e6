import { TextInput } from "@mantine/core";
import type { OperationId } from "@tributary/sdk";
import { useEffect, useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { QrCode } from "../links/qr-code.tsx";
import { unlessProof, useStepUp } from "./use-step-up.tsx";

type AddProps = {
  readonly touches: readonly OperationId[];
  readonly onClose: () => void;
  /** With the codes to recover by, where this is the first factor. */
  readonly onDone: (recoveryCodes: readonly string[] | null) => void;
};

/** Enrols an authenticator app: its secret is shown, and a code shows that it took it. */
export function AddApp({ touches, onClose, onDone }: AddProps) {
  const [code, setCode] = useState("");
  const { needsProof, dialog } = useStepUp();
  const begin = useAct("beginTotp", { touches: [] });
  const confirm = useAct("confirmTotp", { touches, onDone: ({ recoveryCodes }) => onDone(recoveryCodes) });
  const { mutate } = begin;
  const start = (): void => mutate({}, { onError: (error) => void needsProof(error, start) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun once, when it opens.
  useEffect(start, []);
  const send = (): void =>
    confirm.mutate(
      { body: { code: code.replaceAll(/\D/g, "") } },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Dialog
        title={t("factor.appAdd")}
        act={t("factor.add")}
        isOpen
        onClose={onClose}
        isBusy={confirm.isPending}
        error={unlessProof(begin.error ?? confirm.error)}
        isReady={begin.data !== undefined && code !== ""}
        onSubmit={send}
      >
        <div>{t("factor.appScan")}</div>
        {begin.data ? (
          <>
            <QrCode text={begin.data.uri} name="secret" isPlain />
            <code dir="ltr" style={{ overflowWrap: "anywhere", fontFamily: "var(--mono)" }}>
              {begin.data.secret}
            </code>
          </>
        ) : null}
        <TextInput
          label={t("factor.code")}
          inputMode="numeric"
          autoComplete="one-time-code"
          dir="ltr"
          maxLength={10}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </Dialog>
      {dialog}
    </>
  );
}
