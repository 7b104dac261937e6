import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { CreateSubOperator } from "./create-sub-operator.tsx";
import { SubOperatorDrawer } from "./sub-operator-drawer.tsx";
import { LOOKS, shareWords } from "./sub-operator-words.ts";

type SubOperator = components["schemas"]["SubOperator"];

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: (["opening", "active", "suspended", "removed"] as const).map(
      (code) => [code, t(LOOKS[code].words)] as const,
    ),
  },
];

/** The same figure in every currency in which there is one. */
const amounts = (row: SubOperator, of: "revenue" | "share" | "shareOwed" | "feesOwed") =>
  row.figures.length === 0
    ? "—"
    : row.figures.map((one) => (
        <div key={one.currency}>
          <Amount minor={one[of]} currency={one.currency} />
        </div>
      ));

const COLUMNS: readonly Column<SubOperator>[] = [
  {
    id: "name",
    header: t("subOperator.name"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.name}</bdi>,
  },
  { id: "host", header: t("subOperator.host"), phone: "below", cell: (row) => <span dir="ltr">{row.host}</span> },
  { id: "partners", header: t("nav.partners"), cell: (row) => String(row.partners) },
  { id: "contract", header: t("subOperator.contract"), cell: (row) => shareWords(row.contract) },
  { id: "revenue", header: t("subOperator.revenue"), align: "end", cell: (row) => amounts(row, "revenue") },
  { id: "share", header: t("subOperator.share"), align: "end", cell: (row) => amounts(row, "share") },
  {
    id: "owed",
    header: t("subOperator.shareOwed"),
    align: "end",
    phone: "end",
    cell: (row) => amounts(row, "shareOwed"),
  },
  { id: "fees", header: t("subOperator.feesOwed"), align: "end", cell: (row) => amounts(row, "feesOwed") },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={LOOKS[row.status]} code={row.status} />,
  },
];

/** Partners with a programme of their own: what they sell, what of it is ours, what they owe, and how they stand. */
export default function SubOperatorsPage() {
  const { may } = useMe();
  const { search, opening, change } = useUrlState();
  const creating = useDialog("create");
  const { status } = search;
  const list = useList("listSubOperators", { status, sort: "-createdAt" });
  return (
    <Page
      title={t("nav.subOperators")}
      acts={may("sub_operators:write") ? <Button onClick={creating.open}>{t("subOperator.create")}</Button> : null}
    >
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.subOperators")}
          columns={COLUMNS}
          list={list}
          {...opening}
          empty={<Empty title={t("subOperators.empty")} text={t("subOperators.emptyText")} />}
        />
      </Panel>
      <SubOperatorDrawer rows={list.rows} />
      {creating.isOpen ? <CreateSubOperator onClose={creating.onClose} /> : null}
    </Page>
  );
}
