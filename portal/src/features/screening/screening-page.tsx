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
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { CaseDrawer } from "./case-drawer.tsx";
import { ListState } from "./list-state.tsx";

type Case = components["schemas"]["ScreeningCase"];
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: (["open", "escalated", "cleared", "confirmed"] as const).map(
      (code) => [code, t(`status.screening.${code}`)] as const,
    ),
  },
];
const COLUMNS: readonly Column<Case>[] = [
  {
    id: "opened",
    header: t("screening.opened"),
    sort: "openedAt",
    phone: "start",
    cell: (row) => <Moment at={row.openedAt} />,
  },
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    phone: "below",
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="screening" code={row.status} />,
  },
];

/** Whom sanctions may forbid to pay: the list that is in force, and the possible matches that people decide. */
export default function ScreeningPage() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, partnerId } = search;
  const sorting = sortedBy("-openedAt");
  const list = useList("listScreeningCases", { status, partnerId, sort: sorting.sort });
  return (
    <Page title={t("nav.screening")}>
      <ListState />
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("screening.cases")}
          columns={COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status ? (
              <Empty title={t("screening.none")} />
            ) : (
              <Empty title={t("screening.empty")} text={t("screening.emptyText")} />
            )
          }
        />
      </Panel>
      <CaseDrawer rows={list.rows} />
    </Page>
  );
}
