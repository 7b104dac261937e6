import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { formatDay } from "../../ui/dates.ts";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { readSchedule, ScheduleFields, typedSchedule } from "./schedule-fields.tsx";

type Schedule = Output<"getPayoutSchedules">["data"][number];

/** When a partner is paid without asking: by a schedule of its own, or else by the programme's. */
export function OwnSchedule() {
  const schedules = useQuery(read("getPayoutSchedules"));
  const profile = useQuery(read("getPartnerProfile"));
  const summary = useQuery(read("getCommissionSummary"));
  const [chosen, setChosen] = useState<string>();
  return (
    <Panel title={t("schedule.own")}>
      <Loaded query={schedules}>
        {({ data }) => {
          const currencies = [
            ...new Set([
              ...(summary.data?.currencies ?? []).map(({ currency }) => currency),
              ...data.map(({ currency }) => currency),
              ...(profile.data ? [profile.data.terms.currency] : []),
            ]),
          ];
          const currency = chosen ?? currencies[0];
          if (currency === undefined) return null;
          return (
            <Allowed scope="own:payouts:write" isExplained>
              {currencies.length > 1 ? (
                <NativeSelect
                  label={t("column.currency")}
                  style={{ maxInlineSize: "40rem", marginBlockEnd: "1rem" }}
                  data={currencies}
                  value={currency}
                  onChange={(event) => setChosen(event.currentTarget.value)}
                />
              ) : null}
              <ScheduleForm
                key={currency}
                currency={currency}
                kept={data.find((schedule) => schedule.currency === currency)}
              />
            </Allowed>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function ScheduleForm({ currency, kept }: { readonly currency: string; readonly kept: Schedule | undefined }) {
  const [typed, setTyped] = useState(typedSchedule(kept?.isEnabled ? kept : null));
  const save = useAct("scheduleAutoPayout", {
    touches: ["getPayoutSchedules"],
    onDone: () => toast(t("settings.saved")),
  });
  const schedule = readSchedule(typed);
  return (
    <Form
      act={t("schedule.save")}
      isBusy={save.isPending}
      error={save.error}
      isReady={schedule !== undefined && (schedule !== null || kept !== undefined)}
      isQuiet
      onSubmit={() =>
        save.mutate({
          body: schedule
            ? { currency, isEnabled: true, ...schedule }
            : { currency, isEnabled: false, every: kept?.every ?? "month" },
        })
      }
    >
      <p style={{ color: "var(--ink-2)" }}>
        {kept === undefined
          ? t("schedule.programmes")
          : kept.isEnabled
            ? t("schedule.nextOn", { day: formatDay(kept.nextDueOn) })
            : t("schedule.isOff")}
      </p>
      <ScheduleFields
        label={t("schedule.every")}
        never={t(kept === undefined ? "schedule.asProgramme" : "schedule.never")}
        currency={currency}
        typed={typed}
        onChange={setTyped}
      />
    </Form>
  );
}
