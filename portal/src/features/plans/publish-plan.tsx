import { Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { dayBegins } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { OvertakenPlans } from "./overtaken-plans.tsx";

export type PublishProps = {
  readonly plan: components["schemas"]["CommissionPlan"];
  /** Something was typed that the draft does not say yet: what is published would be something else. */
  readonly isUnsaved: boolean;
};

/** Puts a draft into force, at once or from a day on. From then on it holds; it is replaced by another version, never changed. */
export function PublishPlan({ plan: { id, timeZone }, isUnsaved }: PublishProps) {
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState("");
  const [isRetroactive, setRetroactive] = useState(false);
  const publish = useAct("publishPlan", {
    touches: ["getPlan", "listPlans"],
    onDone: () => {
      setOpen(false);
      toast(t("plan.publishedToast"));
    },
  });
  if (!may("program:write")) return null;
  return (
    <>
      <ActButton why={isUnsaved ? t("plan.unsaved") : null} onClick={() => setOpen(true)}>
        {t("plan.publish")}
      </ActButton>
      <Dialog
        title={t("plan.publish")}
        act={t("plan.publish")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={publish.isPending}
        error={publish.error}
        onSubmit={() =>
          publish.mutate({
            path: { id },
            body: {
              ...(from === "" ? {} : { effectiveFrom: dayBegins(from, timeZone) }),
              ...(isRetroactive ? { isRetroactive } : {}),
            },
          })
        }
      >
        <p>{t("plan.publishEffect")}</p>
        <OvertakenPlans from={from === "" ? null : dayBegins(from, timeZone)} />
        <TextInput
          type="date"
          label={t("plan.from")}
          description={t("plan.fromText", { timeZone })}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Checkbox
          label={t("terms.retroactive")}
          description={t("terms.retroactiveText")}
          checked={isRetroactive}
          onChange={(event) => setRetroactive(event.currentTarget.checked)}
        />
      </Dialog>
    </>
  );
}
