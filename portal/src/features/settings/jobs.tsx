import type { components } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatCount } from "../../ui/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";

type Job = components["schemas"]["ScheduledJob"];
/** A run that is later than this is late: the schedule's own minute and the worker's turn are not. */
const LATE_SECONDS = 300;
const REFRESH_MS = 15_000;

const stateOf = ({
  error,
  lagSeconds,
  startedAt,
  finishedAt,
}: Job): "failing" | "late" | "running" | "well" | "never" => {
  if (error !== null) return "failing";
  if ((lagSeconds ?? 0) > LATE_SECONDS) return "late";
  if (startedAt !== null && finishedAt === null) return "running";
  return startedAt === null ? "never" : "well";
};

const COLUMNS: readonly Column<Job>[] = [
  { id: "name", header: t("jobs.name"), grow: true, phone: "start", cell: (row) => <code dir="ltr">{row.name}</code> },
  { id: "schedule", header: t("jobs.schedule"), cell: (row) => <code dir="ltr">{row.schedule}</code> },
  {
    id: "last",
    header: t("jobs.last"),
    phone: "below",
    isLabelled: true,
    cell: (row) => <Moment at={row.succeededAt} as="ago" />,
  },
  {
    id: "took",
    header: t("jobs.took"),
    align: "end",
    cell: (row) => (row.durationMs === null ? "—" : t("jobs.ms", { count: row.durationMs })),
  },
  { id: "next", header: t("jobs.next"), cell: (row) => <Moment at={row.nextRunAt} as="time" /> },
  {
    id: "failures",
    header: t("jobs.failures"),
    align: "end",
    phone: "end",
    isLabelled: true,
    cell: (row) => formatCount(row.failures),
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="job" code={stateOf(row)} note={row.error} />,
  },
];

/** The programme's own work: what ran, what is late, what failed and why. */
export default function Jobs() {
  const jobs = useList("listJobs", {}, { refreshMs: REFRESH_MS });
  return (
    <Panel title={t("settings.jobs")} flush>
      <DataTable
        caption={t("settings.jobs")}
        columns={COLUMNS}
        list={jobs}
        idOf={(row) => row.name}
        empty={<Empty title={t("jobs.empty")} />}
      />
    </Panel>
  );
}
