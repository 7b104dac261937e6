import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { daysAsRange, FREE, isInverted } from "../../app/free-period.ts";
import { useMe } from "../../app/me.ts";
import { read, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { DayFields } from "../../ui/day-fields.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { OwnReviews } from "../fraud/own-reviews.tsx";
import { ChoosePartner } from "../partners/choose-partner.tsx";
import { ExportLink } from "../reports/export-link.tsx";
import { PERIODS, type Period } from "../reports/periods.ts";
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
  {
    name: "period",
    label: t("filter.period"),
    options: [...PERIODS.map((code) => [code, t(`period.${code}`)] as const), [FREE, t("period.days")] as const],
  },
];
const NEWEST = "-occurredAt";
const NO_DAYS = { from: undefined, until: undefined };

/** Where the programme's days begin; undefined until it is known. */
function useProgramZone(): string | undefined {
  const { isPartner } = useMe();
  const profile = useQuery({ ...read("getPartnerProfile"), enabled: isPartner });
  const program = useQuery({ ...read("getProgram"), enabled: !isPartner });
  return (isPartner ? profile : program).data?.timeZone;
}

/** What each sale earned: for a partner its own, for the operator everybody's. */
export default function CommissionsPage() {
  const { isPartner, may } = useMe();
  const granting = useDialog("grant");
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, type, currency, referralId, partnerId } = search;
  const sorting = sortedBy(NEWEST);
  const timeZone = useProgramZone();
  const period = [...PERIODS, FREE].find((one) => one === search.period);
  const days = { from: search.from, until: search.until };
  const { occurredFrom, occurredBefore } = rangeOf(period === FREE ? undefined : (period as Period), new Date());
  const range = period === FREE ? daysAsRange(days, timeZone ?? "UTC") : { from: occurredFrom, to: occurredBefore };
  const query = { status, type, currency, referralId, ...range, sort: sorting.sort };
  // Days are nothing before it is known where they begin.
  const isReady = period !== FREE || timeZone !== undefined;
  const own = useList("listCommissions", query, { enabled: isPartner && isReady });
  const all = useList("listAllCommissions", { ...query, partnerId }, { enabled: !isPartner && isReady });
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
      <FilterBar
        filters={FILTERS}
        values={{ status, type, period }}
        onChange={(to) => change("period" in to && to["period"] !== FREE ? { ...to, ...NO_DAYS } : to)}
      >
        {period === FREE ? (
          <DayFields {...days} timeZone={timeZone ?? ""} isInverted={isInverted(days)} onChange={change} />
        ) : null}
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
