import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { PATHS } from "../../app/paths.ts";
import { read, useList } from "../../app/queries.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { DraftPlan } from "./draft-plan.tsx";
import { PlanFrom } from "./plan-from.tsx";

type Plan = components["schemas"]["CommissionPlanSummary"];

const COLUMNS: readonly Column<Plan>[] = [
  {
    id: "version",
    header: t("column.plan"),
    phone: "start",
    cell: (row) => (row.version === null ? t("plan.draft") : t("plan.version", { version: row.version })),
  },
  { id: "currency", header: t("column.currency"), phone: "end", cell: (row) => row.currency },
  {
    id: "created",
    header: t("column.created"),
    sort: "createdAt",
    phone: "below",
    cell: (row) => <Moment at={row.createdAt} />,
  },
  { id: "from", header: t("plan.from"), cell: (row) => <PlanFrom plan={row} /> },
  { id: "status", header: t("column.status"), phone: "belowEnd", cell: (row) => <Status of="plan" code={row.state} /> },
];

/** The rules that commissions are worked out by, version by version. */
export default function PlansPage() {
  const navigate = useNavigate();
  const list = useList("listPlans", { sort: "-createdAt" });
  const draft = useDialog("draft");
  const inForce = list.rows.find(({ state }) => state === "in_force");
  const { data: plan } = useQuery({
    ...read("getPlan", { path: { id: inForce?.id ?? "" } }),
    enabled: inForce !== undefined,
  });
  return (
    <Page
      title={t("nav.plans")}
      acts={plan ? <DraftPlan tiers={plan.tiers} isAsked={draft.isOpen} onClose={draft.onClose} /> : null}
    >
      <Panel flush>
        <DataTable
          caption={t("nav.plans")}
          columns={COLUMNS}
          list={list}
          onOpen={(id) => void navigate({ to: PATHS.plan, params: { id } })}
          empty={<Empty title={t("plans.empty")} />}
        />
      </Panel>
    </Page>
  );
}
