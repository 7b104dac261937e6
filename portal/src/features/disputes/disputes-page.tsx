import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { STATUSES as LOOKS } from "../../ui/status-words.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { DisputeDrawer } from "./dispute-drawer.tsx";
import { dueNote } from "./dispute-head.tsx";
import { ReportMissing } from "./report-missing.tsx";

type Dispute = components["schemas"]["Dispute"];
const STATUSES = ["open", "waiting", "escalated", "upheld", "adjusted", "cancelled", "withdrawn"] as const;
const KINDS = ["commission", "missing"] as const;
const filtersOf = (of: "dispute" | "ownDispute") => [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(LOOKS[of][code].words)] as const),
  },
  { name: "kind", label: t("column.type"), options: KINDS.map((code) => [code, t(`disputeKind.${code}`)] as const) },
];
const OVERDUE = { name: "isOverdue", label: t("dispute.dueTitle"), options: [["true", t("dispute.overdue")]] as const };
const FILTERS = { partner: filtersOf("ownDispute"), operator: [...filtersOf("dispute"), OVERDUE] };

const opened: Column<Dispute> = {
  id: "opened",
  header: t("column.opened"),
  sort: "openedAt",
  phone: "below",
  cell: (row) => <Moment at={row.openedAt} />,
};
const partner: Column<Dispute> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const restOf = (of: "dispute" | "ownDispute"): readonly Column<Dispute>[] => [
  { id: "kind", header: t("column.type"), cell: (row) => t(`disputeKind.${row.kind}`) },
  { id: "reason", header: t("field.reason"), grow: true, phone: "start", cell: (row) => <bdi>{row.reason}</bdi> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of={of} code={row.status} note={dueNote(row)} />,
  },
];
const COLUMNS = {
  partner: [opened, ...restOf("ownDispute")],
  operator: [opened, partner, ...restOf("dispute")],
};

/** Numbers that partners say are wrong or missing: for a partner its own, for the team everybody's. */
export default function DisputesPage() {
  const { isPartner } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const reporting = useDialog("report");
  const { status, kind, isOverdue, partnerId } = search;
  const sorting = sortedBy("-openedAt");
  const own = useList("listDisputes", { status, kind, sort: sorting.sort }, { enabled: isPartner });
  const all = useList(
    "listAllDisputes",
    { status, kind, isOverdue, partnerId, sort: sorting.sort },
    { enabled: !isPartner },
  );
  const list = isPartner ? own : all;
  const role = isPartner ? "partner" : "operator";
  const report = (
    <Allowed scope="own:commissions:dispute">
      <Button onClick={reporting.open}>{t("missing.act")}</Button>
    </Allowed>
  );
  return (
    <Page title={t("nav.disputes")} acts={isPartner ? report : null}>
      <FilterBar filters={FILTERS[role]} values={{ status, kind, isOverdue }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.disputes")}
          columns={COLUMNS[role]}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status || kind || isOverdue ? (
              <Empty title={t("disputes.none")} />
            ) : (
              <Empty title={t("disputes.empty")} text={t(isPartner ? "disputes.ownEmptyText" : "disputes.emptyText")} />
            )
          }
        />
      </Panel>
      <ReportMissing isOpen={reporting.isOpen} onClose={reporting.onClose} />
      <DisputeDrawer rows={list.rows} />
    </Page>
  );
}
