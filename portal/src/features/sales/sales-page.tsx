import { lazy } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { saleKindWords } from "../disputes/dispute-words.ts";
import { PartnerFilter } from "../partners/partner-filter.tsx";
import { PERIODS, type Period } from "../reports/periods.ts";
import { SALE_COLUMNS } from "./sale-columns.tsx";
import { SaleDrawer } from "./sale-drawer.tsx";
import { rangeOf } from "./sale-period.ts";
import { SALE_KINDS, SALE_STATES } from "./sale-words.ts";

const ExplainTab = lazy(() => import("./explain-tab.tsx"));

const TABS = [
  ["all", t("sales.all")],
  ["explain", t("explain.act")],
] as const;
const FILTERS = [
  { name: "kind", label: t("column.type"), options: SALE_KINDS.map((kind) => [kind, saleKindWords(kind)] as const) },
  {
    name: "status",
    label: t("column.status"),
    options: SALE_STATES.map((code) => [code, t(`sale.state.${code}`)] as const),
  },
  { name: "period", label: t("filter.period"), options: PERIODS.map((code) => [code, t(`period.${code}`)] as const) },
];

/** What customers paid and took back, as it was reported; and why a customer is whose it is. */
export default function SalesPage() {
  const { may, isPartner } = useMe();
  const { search, change } = useUrlState();
  if (isPartner || !may("transactions:read")) return <Page title={t("nav.sales")}>{t("team.notYours")}</Page>;
  const tab = search.tab === "explain" ? "explain" : "all";
  return (
    <Page title={t("nav.sales")}>
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) => change({ tab: to, q: undefined, type: undefined, open: undefined })}
      />
      {tab === "explain" ? <ExplainTab key={`${search.type} ${search.q}`} /> : <Everything />}
    </Page>
  );
}

function Everything() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { kind, status, partnerId, q } = search;
  const period = PERIODS.find((one) => one === search.period);
  const sorting = sortedBy("-occurredAt");
  const list = useList("listTransactions", {
    kind,
    partnerId,
    customerExternalId: q,
    ...(status === "waiting" && { isWaiting: "true" }),
    ...(status === "refused" && { isRefused: "true" }),
    ...rangeOf(period as Period | undefined, new Date()),
    sort: sorting.sort,
  });
  const isNarrowed = [kind, status, partnerId, q, period].some((one) => one !== undefined);
  return (
    <>
      <FilterBar filters={FILTERS} values={{ kind, status, period }} onChange={change}>
        <Find label={t("sales.ofCustomer")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
        <PartnerFilter id={partnerId} onClear={() => change({ partnerId: undefined })} />
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.sales")}
          columns={SALE_COLUMNS}
          list={list}
          {...opening}
          {...sorting}
          empty={
            isNarrowed ? (
              <Empty title={t("sales.none")} />
            ) : (
              <Empty title={t("sales.empty")} text={t("sales.emptyText")} />
            )
          }
        />
      </Panel>
      <SaleDrawer rows={list.rows} />
    </>
  );
}
