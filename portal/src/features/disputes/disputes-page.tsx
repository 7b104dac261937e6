import type { components } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SideDrawer } from "../../ui/side-drawer.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { DisputeDetail } from "./dispute-detail.tsx";

type Dispute = components["schemas"]["Dispute"];
const STATUSES = ["open", "upheld", "cancelled"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.dispute.${code}`)] as const),
  },
];

const COLUMNS: readonly Column<Dispute>[] = [
  {
    id: "opened",
    header: t("column.opened"),
    sort: "openedAt",
    phone: "below",
    cell: (row) => <Moment at={row.openedAt} />,
  },
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  { id: "reason", header: t("field.reason"), grow: true, phone: "start", cell: (row) => <bdi>{row.reason}</bdi> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="dispute" code={row.status} />,
  },
];

/** Numbers that partners say are wrong: the receipt beside their words, and the decision. */
export default function DisputesPage() {
  const { search, change, open, close } = useUrlState();
  const { status, sort = "-openedAt" } = search;
  const list = useList("listAllDisputes", { status, sort });
  const chosen = list.rows.find(({ id }) => id === search.open);
  return (
    <Page title={t("nav.disputes")}>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.disputes")}
          columns={COLUMNS}
          list={list}
          idOf={(row) => row.id}
          onOpen={(row) => open(row.id)}
          openId={search.open}
          sort={sort}
          onSort={(by) => change({ sort: by })}
          empty={<Empty title={t("disputes.empty")} text={t("disputes.emptyText")} />}
        />
      </Panel>
      <SideDrawer title={t("dispute.title")} isOpen={chosen !== undefined} onClose={close}>
        {chosen ? <DisputeDetail dispute={chosen} /> : null}
      </SideDrawer>
    </Page>
  );
}
