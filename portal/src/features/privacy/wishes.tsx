import type { Output } from "@tributary/sdk";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PersonName } from "./person-link.tsx";
import { WishDrawer } from "./wish-drawer.tsx";

type Wish = Output<"listErasures">["data"][number];
const STATUSES = ["asked", "deferred", "refused", "withdrawn", "done"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.erasure.${code}`)] as const),
  },
];
const COLUMNS: readonly Column<Wish>[] = [
  {
    id: "person",
    header: t("privacy.person"),
    grow: true,
    phone: "start",
    cell: (row) => (
      <>
        {t(`role.${row.role}`)} <PersonName id={row.userId} />
      </>
    ),
  },
  { id: "origin", header: t("privacy.origin"), cell: (row) => t(`privacy.origin.${row.origin}`) },
  {
    id: "asked",
    header: t("privacy.asked"),
    sort: "askedAt",
    phone: "below",
    cell: (row) => <Moment at={row.askedAt} />,
  },
  {
    id: "due",
    header: t("privacy.due"),
    cell: (row) => (row.status === "asked" ? <Moment at={row.dueAt} /> : "—"),
  },
  { id: "status", header: t("column.status"), phone: "end", cell: (row) => t(`status.erasure.${row.status}`) },
];

/** Wishes to be forgotten, to be granted or refused. */
export function Wishes() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { status } = search;
  const sorting = sortedBy("-askedAt");
  const list = useList("listErasures", { status, sort: sorting.sort });
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("privacy.wishes")}
          columns={COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("privacy.noWishes")} />}
        />
      </Panel>
      <WishDrawer rows={list.rows} />
    </>
  );
}
