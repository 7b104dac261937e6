import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { AmountField, type Parsed } from "../../ui/parsed-field.tsx";
import { toast } from "../../ui/toast.tsx";
import type { Card } from "./card-acts.ts";

export const LIMITS = [
  ["perAuthorization", t("cards.perPurchase")],
  ["daily", t("cards.daily")],
  ["monthly", t("cards.monthly")],
] as const;
type Limits = Readonly<Record<(typeof LIMITS)[number][0], Parsed>>;

/** The most that a card may take: a partner narrows its product's, the operator bounds it beside the partner's own. */
export function LimitCard({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const { isPartner } = useMe();
  const initial = isPartner ? card.limits : card.operatorLimits;
  const [limits, setLimits] = useState<Limits>(initial);
  const done = {
    touches: ["listOwnCards", "listCards"] as const,
    onDone: () => {
      toast(t("cards.limitsSet"));
      onClose();
    },
  };
  const own = useAct("updateOwnCard", done);
  const any = useAct("updateCard", done);
  const act = isPartner ? own : any;
  return (
    <Dialog
      title={t("cards.setLimits")}
      act={t("cards.setLimits")}
      isOpen
      onClose={onClose}
      isBusy={act.isPending}
      error={act.error}
      isReady={LIMITS.every(([name]) => limits[name] === null || (limits[name] ?? 0) > 0)}
      onSubmit={() =>
        act.mutate({
          path: { id: card.id },
          body: {
            limits: {
              perAuthorization: limits.perAuthorization ?? null,
              daily: limits.daily ?? null,
              monthly: limits.monthly ?? null,
            },
          },
        })
      }
    >
      <p>{t(isPartner ? "cards.setOwnText" : "cards.setText")}</p>
      {LIMITS.map(([name]) => (
        <AmountField
          key={name}
          label={t(`cardProduct.${name}`, { currency: card.currency })}
          currency={card.currency}
          initial={initial[name]}
          onChange={(value) => setLimits((before) => ({ ...before, [name]: value }))}
        />
      ))}
    </Dialog>
  );
}
