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
  const { search, change, open } = useUrlState();
  const { status, currency, partnerId, sort = "-issuedAt" } = search;
  const own = useList("listInvoices", { status, currency, sort }, { enabled: isPartner });
  const all = useList("listAllInvoices", { status, currency, partnerId, sort }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("invoices.title")}
          columns={isPartner ? INVOICE_COLUMNS.partner : INVOICE_COLUMNS.operator}
          list={list}
          idOf={(row) => row.id}
          onOpen={(row) => open(row.id)}
          openId={search.open}
          sort={sort}
          onSort={(by) => change({ sort: by })}
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
