import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { fromDecimal, toTyped } from "../../ui/money.ts";
import { fromPercent, toPercent } from "../../ui/numbers.ts";
import { toast } from "../../ui/toast.tsx";

type Partner = components["schemas"]["PartnerDetail"];

/** Gives a partner figures of its own. What is left empty is the tier's. */
export function ChangeTerms({ partner }: { readonly partner: Partner }) {
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  if (!may("partners:write") || !["active", "suspended", "pending"].includes(partner.status)) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("terms.change")}
      </Button>
      {isOpen ? <TermsDialog partner={partner} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function TermsDialog({ partner, onClose }: { readonly partner: Partner; readonly onClose: () => void }) {
  const { terms } = partner;
  const { currency } = terms;
  const own = partner.ownTerms;
  const [rate, setRate] = useState(own.recurringRate === undefined ? "" : toPercent(own.recurringRate));
  const [bonus, setBonus] = useState(own.signupBonus === undefined ? "" : toTyped(own.signupBonus, currency));
  const [hold, setHold] = useState(own.holdDays === undefined ? "" : String(own.holdDays));
  const [isRetroactive, setRetroactive] = useState(false);
  const [reason, setReason] = useState("");
  const read = {
    recurringRate: rate.trim() === "" ? null : fromPercent(rate),
    signupBonus: bonus.trim() === "" ? null : fromDecimal(bonus, currency),
    holdDays: hold.trim() === "" ? null : /^\d{1,3}$/.test(hold.trim()) ? Number(hold) : undefined,
  };
  const change = useAct("changeTerms", {
    touches: ["getPartner", "listPartners", "getPartnerTimeline"],
    onDone: () => {
      toast(t("terms.changed"));
      onClose();
    },
  });
  const given = Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
  return (
    <Dialog
      title={t("terms.change")}
      act={t("terms.change")}
      isOpen
      onClose={onClose}
      isBusy={change.isPending}
      error={change.error}
      isReady={reason.trim() !== "" && !Object.values(read).includes(undefined)}
      onSubmit={() =>
        change.mutate({
          path: { id: partner.id },
          body: {
            // What this form does not name stays as it is.
            overrides: { ...without(own, Object.keys(read)), ...given },
            isRetroactive,
            reason: reason.trim(),
          },
        })
      }
    >
      <p>{t("terms.changeText")}</p>
      <TextInput
        label={t("terms.ownRate")}
        description={t("terms.ownText")}
        inputMode="decimal"
        dir="ltr"
        error={read.recurringRate === undefined ? t("field.notAPercent") : null}
        value={rate}
        onChange={(event) => setRate(event.currentTarget.value)}
      />
      <TextInput
        label={t("terms.ownBonus", { currency })}
        inputMode="decimal"
        dir="ltr"
        error={read.signupBonus === undefined ? t("field.notAnAmount") : null}
        value={bonus}
        onChange={(event) => setBonus(event.currentTarget.value)}
      />
      <TextInput
        label={t("terms.ownHold")}
        inputMode="numeric"
        dir="ltr"
        error={read.holdDays === undefined ? t("field.notACount", { least: 0, most: 365 }) : null}
        value={hold}
        onChange={(event) => setHold(event.currentTarget.value)}
      />
      <Checkbox
        label={t("terms.retroactive")}
        description={t("terms.retroactiveText")}
        checked={isRetroactive}
        onChange={(event) => setRetroactive(event.currentTarget.checked)}
      />
      <Textarea
        label={t("field.reason")}
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

const without = (all: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
