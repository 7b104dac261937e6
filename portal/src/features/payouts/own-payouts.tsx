import { lazy, Suspense } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Balances } from "../commissions/balances.tsx";
import { PAYOUT_COLUMNS, PAYOUT_STATUS_OPTIONS } from "./payout-columns.tsx";
import { PayoutDrawer } from "./payout-drawer.tsx";
import { RequestButton } from "./request-button.tsx";

const RequestPayout = lazy(() => import("./request-payout.tsx"));

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: PAYOUT_STATUS_OPTIONS,
  },
];

/** What a partner was paid, is being paid, and can ask for. */
export default function OwnPayouts() {
  const { search, change, opening, sortedBy } = useUrlState();
  const request = useDialog("request");
  const { status } = search;
  const sorting = sortedBy("-requestedAt");
  const list = useList("getPayoutHistory", { status, sort: sorting.sort });
  return (
    <Page
      title={t("nav.payouts")}
      acts={
        <Allowed scope="own:payouts:write">
          <RequestButton onClick={request.open} />
        </Allowed>
      }
    >
      <Balances />
      <FilterBar filters={FILTERS} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.payouts")}
          columns={PAYOUT_COLUMNS.partner}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("payouts.empty")} text={t("payouts.emptyText")} />}
        />
      </Panel>
      {request.isOpen ? (
        <Suspense>
          <RequestPayout isOpen onClose={request.onClose} />
        </Suspense>
      ) : null}
      <PayoutDrawer rows={list.rows} />
    </Page>
  );
}
