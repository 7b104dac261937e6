import type { components } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { ClaimDetail } from "./claim-detail.tsx";

type Claim = components["schemas"]["BudgetClaim"];
const STATES = ["submitted", "escalated", "approved", "rejected"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATES.map((code) => [code, t(`claim.status.${code}`)] as const),
  },
];

const COLUMNS: readonly Column<Claim>[] = [
  { id: "description", header: t("claim.description"), phone: "start", grow: true, cell: (row) => row.description },
  { id: "spent", header: t("claim.spentOn"), phone: "below", cell: (row) => formatDay(row.spentOn) },
  {
    id: "amount",
    header: t("column.amount"),
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency={row.currency} />,
  },
  {
    id: "granted",
    header: t("claim.granted"),
    cell: (row) => (row.granted === null ? "—" : <Amount minor={row.granted} currency={row.currency} />),
  },
  { id: "status", header: t("column.status"), phone: "belowEnd", cell: (row) => t(`claim.status.${row.status}`) },
];
const OF_PARTNER: Column<Claim> = {
  id: "partner",
  header: t("column.partner"),
  cell: (row) => <PartnerLink id={row.partnerId} />,
};

/** What was claimed of budgets: for a partner its own, for the team a queue to decide on. */
export function ClaimList() {
  const { isPartner } = useMe();
  const { search, change, opening } = useUrlState();
  const { status } = search;
  const own = useList("listBudgetClaims", { status }, { enabled: isPartner });
  const all = useList("listAllBudgetClaims", { status }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush title={t("claims.title")}>
        <DataTable
          caption={t("claims.title")}
          columns={isPartner ? COLUMNS : [OF_PARTNER, ...COLUMNS]}
          list={list}
          {...opening}
          empty={<Empty title={t("claims.empty")} />}
        />
      </Panel>
      <RowDrawer title={t("claim.title")} rows={list.rows}>
        {(id) => {
          const claim = list.rows.find((one) => one.id === id);
          return claim === undefined ? null : <ClaimDetail claim={claim} />;
        }}
      </RowDrawer>
    </>
  );
}
