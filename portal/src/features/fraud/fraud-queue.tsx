import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { read, useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { FraudCase } from "./fraud-case.tsx";
import { caseNote } from "./fraud-words.ts";

type Case = components["schemas"]["FraudCase"];
const STATUSES = ["open", "appealed", "refused", "cleared", "final"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.fraud.${code}`)] as const),
  },
];

const COLUMNS: readonly Column<Case>[] = [
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
    phone: "start",
    cell: (row) => <PartnerLink id={row.partnerId} />,
  },
  { id: "about", header: t("fraud.about"), cell: (row) => t(`fraud.${row.subjectKind}`) },
  { id: "score", header: t("fraud.score"), sort: "score", align: "end", phone: "end", cell: (row) => row.score },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="fraud" code={row.status} note={caseNote(row)} />,
  },
];

/** The cases, the newest first, and the one that the address names beside them. */
export function FraudQueue() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, partnerId } = search;
  const sorting = sortedBy("-openedAt");
  const list = useList("listFraudCases", { status, partnerId, sort: sorting.sort });
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("fraud.queue")}
          columns={COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status ? <Empty title={t("fraud.none")} /> : <Empty title={t("fraud.empty")} text={t("fraud.emptyText")} />
          }
        />
      </Panel>
      <RowDrawer title={t("fraud.case")} hasId rows={list.rows}>
        {(id) => <Opened id={id} />}
      </RowDrawer>
    </>
  );
}

function Opened({ id }: { readonly id: string }) {
  const query = useQuery(read("getFraudCase", { path: { id } }));
  return <Loaded query={query}>{(found) => <FraudCase key={id} found={found} />}</Loaded>;
}
