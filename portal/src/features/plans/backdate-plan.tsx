import { Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { Amount } from "../../ui/amount.tsx";
import { dayBegins } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Problem } from "../../ui/problem.tsx";
import { toast } from "../../ui/toast.tsx";
import { OvertakenPlans } from "./overtaken-plans.tsx";
import type { PublishProps } from "./publish-plan.tsx";

/** Has a draft hold from a day in the past: what that changes is shown first, and exactly that is booked. */
export function BackdatePlan({ plan: { id, timeZone }, isUnsaved }: PublishProps) {
  const { may } = useMe();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const effectiveFrom = day === "" ? day : dayBegins(day, timeZone);
  const preview = useMutation({ mutationFn: () => api.previewBackdating({ path: { id }, body: { effectiveFrom } }) });
  const publish = useAct("backdatePlan", {
    touches: ["getPlan", "listPlans", "listAllCommissions"],
    onDone: () => {
      setOpen(false);
      toast(t("plan.publishedToast"));
    },
  });
  if (!may("program:write")) return null;
  const shown = preview.data;
  return (
    <>
      <ActButton variant="default" why={isUnsaved ? t("plan.unsaved") : null} onClick={() => setOpen(true)}>
        {t("plan.backdate")}
      </ActButton>
      <Dialog
        title={t("plan.backdate")}
        act={shown ? t("plan.publish") : t("plan.backdateShow")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        isBusy={preview.isPending || publish.isPending}
        error={publish.error}
        isReady={day !== "" && (shown === undefined || reason.trim() !== "")}
        onSubmit={() =>
          shown
            ? publish.mutate({ path: { id }, body: { effectiveFrom, digest: shown.digest, reason: reason.trim() } })
            : preview.mutate()
        }
      >
        <p>{t("plan.backdateEffect")}</p>
        <OvertakenPlans from={null} />
        <TextInput
          type="date"
          label={t("plan.from")}
          description={t("plan.backdateText", { timeZone })}
          required
          value={day}
          onChange={(event) => {
            setDay(event.currentTarget.value);
            preview.reset();
            publish.reset();
          }}
        />
        {preview.error ? <Problem error={preview.error} /> : null}
        {shown ? (
          <>
            <Shown shown={shown} />
            <Textarea
              label={t("field.reason")}
              autosize
              minRows={2}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        ) : null}
      </Dialog>
    </>
  );
}

function Shown({ shown }: { readonly shown: components["schemas"]["PlanBackdating"] }) {
  if (shown.totals.length === 0) return <p>{t("plan.backdateNothing")}</p>;
  return shown.totals.map((total) => (
    <Figures
      key={total.currency}
      figures={[
        { label: t("plan.difference"), value: <Amount minor={total.difference} currency={total.currency} /> },
        {
          label: t("plan.backdateCorrections", { count: total.corrections }),
          value: t("plan.backdatePartners", { count: total.partners }),
        },
        {
          label: t("plan.backdatePaid", { count: total.paid }),
          value: <Amount minor={total.paidDifference} currency={total.currency} />,
        },
      ]}
    />
  ));
}
