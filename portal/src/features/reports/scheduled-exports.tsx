import { Button, NativeSelect } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Panel } from "../../ui/panel.tsx";
import { toast } from "../../ui/toast.tsx";
import { REPORTS } from "./export-reports.ts";

type Schedule = components["schemas"]["ExportSchedule"];
const RHYTHMS = ["monthly", "weekly"] as const;
const FORMATS = ["csv", "xlsx", "json"] as const;
const TOUCHES = ["listExportSchedules", "listProgramExportSchedules"] as const;

const COLUMNS: readonly Column<Schedule>[] = [
  {
    id: "report",
    header: t("schedule.report"),
    phone: "start",
    grow: true,
    cell: (row) => t(`schedule.${row.report}`),
  },
  { id: "rhythm", header: t("schedule.rhythm"), phone: "below", cell: (row) => t(`schedule.${row.rhythm}`) },
  { id: "format", header: t("schedule.format"), cell: (row) => row.format.toUpperCase() },
  {
    id: "last",
    header: t("schedule.last"),
    cell: (row) =>
      row.lastRun ? `${formatDay(row.lastRun.from)} – ${formatDay(row.lastRun.to)}` : t("schedule.noneYet"),
  },
  { id: "end", header: t("schedule.end"), phone: "end", cell: (row) => <EndSchedule id={row.id} /> },
];

/** Exports that come by themselves, each month or week. */
export function ScheduledExports() {
  const { isPartner, may } = useMe();
  const [isOpen, setOpen] = useState(false);
  const own = useList("listExportSchedules", {}, { enabled: isPartner });
  const all = useList("listProgramExportSchedules", {}, { enabled: !isPartner });
  const mayAsk = may(isPartner ? "own:analytics:write" : "analytics:write");
  return (
    <Panel
      title={t("schedule.title")}
      flush
      aside={
        mayAsk ? (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {t("schedule.ask")}
          </Button>
        ) : null
      }
    >
      <DataTable
        caption={t("schedule.title")}
        columns={mayAsk ? COLUMNS : COLUMNS.filter(({ id }) => id !== "end")}
        list={isPartner ? own : all}
        empty={<Empty title={t("schedule.empty")} text={t("schedule.emptyText")} />}
      />
      {isOpen ? <AskForExport onClose={() => setOpen(false)} /> : null}
    </Panel>
  );
}

function EndSchedule({ id }: { readonly id: string }) {
  const { isPartner } = useMe();
  const settings = { touches: TOUCHES, onDone: () => toast(t("schedule.ended")) };
  const own = useAct("endExportSchedule", settings);
  const all = useAct("endProgramExportSchedule", settings);
  const end = isPartner ? own : all;
  return (
    <Button size="compact-sm" variant="default" disabled={end.isPending} onClick={() => end.mutate({ path: { id } })}>
      {t("schedule.endAct")}
    </Button>
  );
}

function AskForExport({ onClose }: { readonly onClose: () => void }) {
  const { isPartner } = useMe();
  const [report, setReport] = useState<(typeof REPORTS)[number]>("commissions");
  const [rhythm, setRhythm] = useState<(typeof RHYTHMS)[number]>("monthly");
  const [format, setFormat] = useState<(typeof FORMATS)[number]>("csv");
  const settings = {
    touches: TOUCHES,
    onDone: () => {
      onClose();
      toast(t("schedule.asked"));
    },
  };
  const own = useAct("scheduleExport", settings);
  const all = useAct("scheduleProgramExport", settings);
  const ask = isPartner ? own : all;
  return (
    <Dialog
      title={t("schedule.ask")}
      act={t("schedule.ask")}
      isOpen
      onClose={onClose}
      isBusy={ask.isPending}
      error={ask.error}
      onSubmit={() => ask.mutate({ body: { report, rhythm, format } })}
    >
      <p>{t("schedule.effect")}</p>
      <NativeSelect
        label={t("schedule.report")}
        value={report}
        onChange={(event) => setReport(event.currentTarget.value as typeof report)}
        data={REPORTS.map((one) => ({ value: one, label: t(`schedule.${one}`) }))}
      />
      <NativeSelect
        label={t("schedule.rhythm")}
        value={rhythm}
        onChange={(event) => setRhythm(event.currentTarget.value as typeof rhythm)}
        data={RHYTHMS.map((one) => ({ value: one, label: t(`schedule.${one}`) }))}
      />
      <NativeSelect
        label={t("schedule.format")}
        value={format}
        onChange={(event) => setFormat(event.currentTarget.value as typeof format)}
        data={FORMATS.map((one) => ({ value: one, label: one.toUpperCase() }))}
      />
    </Dialog>
  );
}
