import { Button } from "@mantine/core";
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
import { OwnReviews } from "../fraud/own-reviews.tsx";
import { ChoosePartner } from "../partners/choose-partner.tsx";
import { ExportLink } from "../reports/export-link.tsx";
import { PERIODS } from "../reports/periods.ts";
import { rangeOf } from "../sales/sale-period.ts";
import { Balances } from "./balances.tsx";
import { COMMISSION_COLUMNS } from "./commission-columns.tsx";
import { CommissionDrawer } from "./commission-drawer.tsx";
import { STATUSES, TYPES } from "./commission-words.ts";
import { GrantCommission } from "./grant-commission.tsx";

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.commission.${code}`)] as const),
  },
  { name: "type", label: t("column.type"), options: TYPES.map((code) => [code, t(`commissionType.${code}`)] as const) },
  { name: "period", label: t("filter.period"), options: PERIODS.map((code) => [code, t(`period.${code}`)] as const) },
];
const NEWEST = "-occurredAt";

/** What each sale earned: for a partner its own, for the operator everybody's. */
export default function CommissionsPage() {
  const { isPartner, may } = useMe();
  const granting = useDialog("grant");
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, type, currency, referralId, partnerId } = search;
  const sorting = sortedBy(NEWEST);
  const period = PERIODS.find((one) => one === search.period);
  const { occurredFrom: from, occurredBefore: to } = rangeOf(period, new Date());
  const query = { status, type, currency, referralId, from, to, sort: sorting.sort };
  const own = useList("listCommissions", query, { enabled: isPartner });
  const all = useList("listAllCommissions", { ...query, partnerId }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <Page
      title={t("nav.commissions")}
      acts={
        isPartner ? (
          <ExportLink report="commissions" period={period} />
        ) : may("commissions:write") ? (
          <Button onClick={granting.open}>{t("grant.act")}</Button>
        ) : null
      }
    >
      {isPartner ? <Balances /> : null}
      {isPartner ? <OwnReviews /> : null}
      <FilterBar filters={FILTERS} values={{ status, type, period }} onChange={change}>
        {isPartner ? null : <ChoosePartner id={partnerId} onChoose={(id) => change({ partnerId: id })} />}
      </FilterBar>
      <Panel flush>
        <DataTable
          caption={t("nav.commissions")}
          columns={isPartner ? COMMISSION_COLUMNS.partner : COMMISSION_COLUMNS.operator}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status || type || period || partnerId ? (
              <Empty title={t("commissions.none")} />
            ) : (
              <Empty title={t("commissions.empty")} text={t("commissions.emptyText")} />
            )
          }
        />
      </Panel>
      <CommissionDrawer rows={list.rows} />
      {granting.isOpen && !isPartner ? <GrantCommission onClose={granting.onClose} /> : null}
    </Page>
  );
}
