import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Panel } from "../../ui/panel.tsx";
import { INVOICE_COLUMNS, INVOICE_STATUSES } from "./invoice-columns.tsx";
import { InvoiceDrawer } from "./invoice-drawer.tsx";

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: INVOICE_STATUSES.map((code) => [code, t(`status.invoice.${code}`)] as const),
  },
];

/** Invoices over fees: for a partner its own, for the team everybody's. */
export function InvoiceList() {
  const { isPartner } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, currency, partnerId } = search;
  const sorting = sortedBy("-issuedAt");
  const own = useList("listInvoices", { status, currency, sort: sorting.sort }, { enabled: isPartner });
  const all = useList("listAllInvoices", { status, currency, partnerId, sort: sorting.sort }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("invoices.title")}
          columns={isPartner ? INVOICE_COLUMNS.partner : INVOICE_COLUMNS.operator}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status ? (
              <Empty title={t("invoices.none")} />
            ) : (
              <Empty title={t("invoices.empty")} text={t(isPartner ? "invoices.ownEmptyText" : "invoices.emptyText")} />
            )
          }
        />
      </Panel>
      <InvoiceDrawer rows={list.rows} />
    </>
  );
}
