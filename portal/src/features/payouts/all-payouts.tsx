import { Button } from "@mantine/core";
import { lazy } from "react";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { BankFile } from "./bank-file.tsx";
import { BatchList } from "./batch-list.tsx";
import { NewBatch } from "./new-batch.tsx";
import { PAYOUT_COLUMNS, PAYOUT_STATUS_OPTIONS } from "./payout-columns.tsx";
import { PayoutDrawer } from "./payout-drawer.tsx";
import { PayoutPreview } from "./payout-preview.tsx";
import { RequestFor } from "./request-for.tsx";

const Reconciliation = lazy(() => import("./reconciliation.tsx"));
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: PAYOUT_STATUS_OPTIONS,
  },
  {
    name: "isSettling",
    label: t("payouts.settling"),
    options: [["true", t("payouts.isSettling")] as const],
  },
  {
    name: "isUnpaid",
    label: t("payouts.unpaid"),
    options: [["true", t("payouts.isUnpaid")] as const],
  },
];
const TABS = [
  ["due", t("payouts.due")],
  ["batches", t("payouts.batches")],
  ["all", t("payouts.all")],
  ["compare", t("reconcile.tab")],
] as const;

/** What is due, which batches are under way, and every payout. */
export default function AllPayouts() {
  const { may } = useMe();
  const { search, change } = useUrlState();
  const batch = useDialog("batch");
  const requesting = useDialog("request");
  const tab = search.tab ?? "due";
  return (
    <Page
      title={t("nav.payouts")}
      acts={
        may("payouts:process") ? (
          <>
            <BankFile />
            <Button variant="default" onClick={requesting.open}>
              {t("payout.request")}
            </Button>
            <Button onClick={batch.open}>{t("batch.new")}</Button>
          </>
        ) : null
      }
    >
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) =>
          change({
            tab: to,
            open: undefined,
            status: undefined,
            isSettling: undefined,
            isUnpaid: undefined,
            period: undefined,
            sort: undefined,
          })
        }
      />
      {tab === "due" ? (
        <PayoutPreview />
      ) : tab === "batches" ? (
        <BatchList />
      ) : tab === "compare" ? (
        <Reconciliation />
      ) : (
        <Everything />
      )}
      {requesting.isOpen && may("payouts:process") ? <RequestFor onClose={requesting.onClose} /> : null}
      <NewBatch isOpen={batch.isOpen} onClose={batch.onClose} />
    </Page>
  );
}

function Everything() {
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, partnerId, isSettling, isUnpaid } = search;
  const sorting = sortedBy("-requestedAt");
  const list = useList("listAllPayouts", { status, partnerId, isSettling, isUnpaid, sort: sorting.sort });
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status, isSettling, isUnpaid }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("payouts.all")}
          columns={PAYOUT_COLUMNS.operator}
          list={list}
          {...opening}
          {...sorting}
          empty={<Empty title={t("payouts.none")} />}
        />
      </Panel>
      <PayoutDrawer rows={list.rows} />
    </>
  );
}
