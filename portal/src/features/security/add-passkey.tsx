import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OperationId } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { deviceName } from "../settings/device-name.ts";
import { makePasskey } from "./passkeys.ts";
import { unlessProof, useStepUp } from "./use-step-up.tsx";

/** Enrols a passkey: the browser makes it, and asks for a finger or a PIN. */
export function AddPasskey(props: {
  readonly touches: readonly OperationId[];
  readonly onClose: () => void;
  readonly onDone: (recoveryCodes: readonly string[] | null) => void;
}) {
  const client = useQueryClient();
  const [name, setName] = useState(deviceName(navigator.userAgent));
  const { needsProof, dialog } = useStepUp();
  const add = useMutation({
    mutationFn: async () => {
      const { token, options } = await api.beginPasskey();
      const response = await makePasskey(options);
      return api.confirmPasskey({ body: { token, name: name.trim(), response } });
    },
    onSuccess: async ({ recoveryCodes }) => {
      await Promise.all(props.touches.map((touched) => client.invalidateQueries({ queryKey: [touched] })));
      props.onDone(recoveryCodes);
    },
    onError: (error) => void needsProof(error, () => add.mutate()),
  });
  return (
    <>
      <Dialog
        title={t("factor.passkeyAdd")}
        act={t("factor.add")}
        isOpen
        onClose={props.onClose}
        isBusy={add.isPending}
        error={unlessProof(add.error)}
        isReady={name.trim() !== ""}
        onSubmit={() => add.mutate()}
      >
        <TextInput
          label={t("factor.passkeyName")}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Dialog>
      {dialog}
    </>
  );
}
