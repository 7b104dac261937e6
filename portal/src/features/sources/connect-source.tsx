import { NativeSelect, TextInput } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

type ConnectSourceProps = {
  readonly onClose: () => void;
  readonly onMade: (made: Output<"createRevenueSource">) => void;
};
const KINDS = ["stripe", "generic"] as const;

/** Connects a billing system: what it is, and what it is called here. Its address and secret come next. */
export function ConnectSource({ onClose, onMade }: ConnectSourceProps) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("stripe");
  const [typed, setName] = useState<string>();
  const name = (typed ?? (kind === "stripe" ? "Stripe" : "")).trim();
  const connect = useAct("createRevenueSource", { touches: ["listRevenueSources"], onDone: onMade });
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    connect.mutate({ body: { kind, name } }, { onError: (error) => void needsProof(error, send) });
  return (
    <>
      <Dialog
        title={t("sources.connect")}
        act={t("sources.connect")}
        isOpen
        onClose={onClose}
        isBusy={connect.isPending}
        error={unlessProof(connect.error)}
        isReady={name !== ""}
        onSubmit={send}
      >
        <NativeSelect
          label={t("sources.system")}
          description={t(`sources.kindText.${kind}`)}
          data={KINDS.map((value) => ({ value, label: t(`sources.kind.${value}`) }))}
          data-autofocus
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as typeof kind)}
        />
        <TextInput
          label={t("field.name")}
          description={t("sources.nameText")}
          maxLength={100}
          value={typed ?? name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Dialog>
      {dialog}
    </>
  );
}
