import { Button } from "@mantine/core";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerFilter } from "../partners/partner-filter.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { ExportLink } from "../reports/export-link.tsx";
import { AssignCustomer } from "./assign-customer.tsx";
import { ReferralDrawer } from "./referral-drawer.tsx";
import type { Referral } from "./referral-type.ts";

const STATUSES = ["pending", "converted", "qualified", "rejected"] as const;
const SOURCES = ["click", "coupon", "partner_api", "manual", "import"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.referral.${code}`)] as const),
  },
  { name: "source", label: t("column.source"), options: SOURCES.map((code) => [code, t(`source.${code}`)] as const) },
];

const nameOf = (row: Referral): string => ("customer" in row ? row.customer : row.externalId) ?? "—";
const customer: Column<Referral> = {
  id: "customer",
  header: t("column.customer"),
  grow: true,
  phone: "start",
  cell: (row) => <bdi>{nameOf(row)}</bdi>,
};
const partner: Column<Referral> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  cell: (row) => ("partnerId" in row ? <PartnerLink id={row.partnerId} /> : null),
};
const rest: readonly Column<Referral>[] = [
  { id: "source", header: t("column.source"), cell: (row) => t(`source.${row.source}`) },
  { id: "code", header: t("column.code"), grow: true, cell: (row) => <span dir="ltr">{row.referralCode}</span> },
  {
    id: "created",
    header: t("column.created"),
    sort: "createdAt",
    phone: "below",
    cell: (row) => <Moment at={row.createdAt} />,
  },
  { id: "converted", header: t("column.converted"), cell: (row) => <Moment at={row.convertedAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="referral" code={row.status} note={row.rejectionReason} />,
  },
];
const COLUMNS = { partner: [customer, ...rest], operator: [customer, partner, ...rest] };

/** Who came through whom, how far they are, and why one was not counted. */
export default function ReferralsPage() {
  const { isPartner, may } = useMe();
  const assigning = useDialog("assign");
  const mayAssign = !isPartner && may("partners:write");
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, source, partnerId, q } = search;
  const sorting = sortedBy("-createdAt");
  const query = { status, source, sort: sorting.sort };
  const own = useList("listReferrals", query, { enabled: isPartner });
  const all = useList("listAllReferrals", { ...query, partnerId, externalId: q }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <Page
      title={t("nav.referrals")}
      acts={
        isPartner ? (
          <ExportLink report="referrals" />
        ) : mayAssign ? (
          <Button onClick={assigning.open}>{t("assignCustomer.act")}</Button>
        ) : null
      }
    >
      <FilterBar filters={FILTERS} values={{ status, source }} onChange={change}>
        {isPartner ? null : (
          <>
            <Find label={t("sales.ofCustomer")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
            <PartnerFilter id={partnerId} onClear={() => change({ partnerId: undefined })} />
          </>
        )}
      </FilterBar>
      <Panel flush>
        <DataTable<Referral>
          caption={t("nav.referrals")}
          columns={isPartner ? COLUMNS.partner : COLUMNS.operator}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status || source || q ? (
              <Empty title={t("referrals.none")} />
            ) : (
              <Empty title={t("referrals.empty")} text={t("referrals.emptyText")} />
            )
          }
        />
      </Panel>
      {assigning.isOpen && mayAssign ? <AssignCustomer onClose={assigning.onClose} /> : null}
      <ReferralDrawer rows={list.rows} />
    </Page>
  );
}
