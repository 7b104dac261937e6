import { Button, Checkbox, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { toast } from "../../ui/toast.tsx";

/** Puts a draft into force, at once or from a day on. From then on it holds; it is replaced by another version, never changed. */
export function PublishPlan({ id }: { readonly id: string }) {
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
      <Button onClick={() => setOpen(true)}>{t("plan.publish")}</Button>
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
              ...(from === "" ? {} : { effectiveFrom: new Date(`${from}T00:00:00Z`).toISOString() }),
              ...(isRetroactive ? { isRetroactive } : {}),
            },
          })
        }
      >
        <p>{t("plan.publishEffect")}</p>
        <TextInput
          type="date"
          label={t("plan.from")}
          description={t("plan.fromText")}
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
