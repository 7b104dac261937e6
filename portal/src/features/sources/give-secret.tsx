import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";
import type { Source } from "./source-words.ts";

/** As Stripe shows it. */
const STRIPE_SECRET = /^whsec_[A-Za-z0-9+/=_-]{16,200}$/;

type GiveSecretProps = {
  readonly source: Source;
  /** The verb of the button that led here. */
  readonly words: string;
  readonly onClose: () => void;
  /** With the secret that was made; null where it is Stripe's. */
  readonly onDone: (secret: string | null) => void;
};

/** A signing secret: Stripe's is pasted, one of ours is made and shown once. The one before goes on for a day, unless somebody else may have it. */
export function GiveSecret({ source: { id, kind, hasSecret }, words, onClose, onDone }: GiveSecretProps) {
  const [typed, setTyped] = useState("");
  const [endsEarlier, setEndsEarlier] = useState(false);
  const signingSecret = typed.trim();
  const isStripe = kind === "stripe";
  const isSecret = STRIPE_SECRET.test(signingSecret);
  const rotate = useAct("rotateRevenueSourceSecret", {
    touches: ["listRevenueSources"],
    onDone: (rotated) => onDone(rotated.signingSecret),
  });
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    rotate.mutate(
      { path: { id }, body: { ...(isStripe && { signingSecret }), ...(endsEarlier && { overlapHours: 0 }) } },
      { onError: (error) => void needsProof(error, send) },
    );
  return (
    <>
      <Dialog
        title={words}
        act={words}
        isOpen
        onClose={onClose}
        isBusy={rotate.isPending}
        error={unlessProof(rotate.error)}
        isReady={!isStripe || isSecret}
        onSubmit={send}
      >
        {isStripe ? (
          <TextInput
            label={t("sources.stripeSecret")}
            description={t("sources.stripeSecretText")}
            placeholder="whsec_…"
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            maxLength={206}
            error={signingSecret === "" || isSecret ? null : t("sources.notASecret")}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : (
          <p>{t("sources.newSecretText")}</p>
        )}
        {hasSecret ? (
          <Checkbox
            label={t("sources.endsEarlier")}
            description={t("sources.endsEarlierText")}
            checked={endsEarlier}
            onChange={(event) => setEndsEarlier(event.currentTarget.checked)}
          />
        ) : null}
      </Dialog>
      {dialog}
    </>
  );
}
