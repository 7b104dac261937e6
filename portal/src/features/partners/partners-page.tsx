import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { BASE, PATHS } from "../../app/paths.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Find } from "../../ui/find.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Coupons } from "../coupons/coupons.tsx";
import { BulkActs } from "./bulk-acts.tsx";
import { Invitations } from "./invitations.tsx";
import { InvitePartners } from "./invite-partners.tsx";
import { TierReviews } from "./tier-reviews.tsx";
import { Upgrades } from "./upgrades.tsx";

type Partner = components["schemas"]["Partner"];
const STATUSES = ["pending", "active", "suspended", "rejected", "terminated"] as const;
const TIERS = ["tier1", "tier2", "tier3", "tier4"] as const;
const TYPES = ["affiliate", "reseller", "whitelabel", "technology"] as const;

const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATUSES.map((code) => [code, t(`status.partner.${code}`)] as const),
  },
  {
    name: "tier",
    label: t("column.tier"),
    options: TIERS.map((tier) => [tier, t("tier.name", { tier: tier.replace("tier", "") })] as const),
  },
  { name: "type", label: t("column.type"), options: TYPES.map((type) => [type, t(`partnerType.${type}`)] as const) },
];
const TABS = [
  ["all", t("partners.all")],
  ["invitations", t("partners.invitations")],
  ["upgrades", t("partners.upgrades")],
  ["reviews", t("partners.reviews")],
  ["coupons", t("partners.coupons")],
] as const;

const COLUMNS: readonly Column<Partner>[] = [
  {
    id: "name",
    header: t("column.partner"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.companyName ?? row.name ?? row.referralCode}</bdi>,
  },
  { id: "email", header: t("field.email"), grow: true, phone: "below", cell: (row) => <bdi>{row.email ?? "—"}</bdi> },
  {
    id: "code",
    header: t("column.code"),
    sort: "referralCode",
    cell: (row) => <span dir="ltr">{row.referralCode}</span>,
  },
  { id: "type", header: t("column.type"), cell: (row) => t(`partnerType.${row.partnerType}`) },
  {
    id: "tier",
    header: t("column.tier"),
    phone: "end",
    cell: (row) => t("tier.name", { tier: row.tier.replace("tier", "") }),
  },
  { id: "joined", header: t("column.joined"), sort: "joinedAt", cell: (row) => <Moment at={row.joinedAt} /> },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="partner" code={row.status} />,
  },
];

/** Who takes part, and who asks to. */
export default function PartnersPage() {
  const { may } = useMe();
  const { search, change } = useUrlState();
  const tab = search.tab ?? "all";
  return (
    <Page
      title={t("nav.partners")}
      acts={
        !may("partners:write") ? null : tab === "coupons" ? (
          <Button onClick={() => change({ act: "create" }, { replace: false })}>{t("coupon.create")}</Button>
        ) : tab === "all" || tab === "invitations" ? (
          <InvitePartners />
        ) : null
      }
    >
      <Tabs
        tabs={TABS}
        value={tab}
        onChange={(to) =>
          change({ tab: to === "all" ? undefined : to, status: undefined, sort: undefined, act: undefined })
        }
      />
      {tab === "invitations" ? <Invitations /> : null}
      {tab === "upgrades" ? <Upgrades /> : null}
      {tab === "reviews" ? <TierReviews /> : null}
      {tab === "coupons" ? <Coupons /> : null}
      {tab === "all" ? <PartnerList /> : null}
    </Page>
  );
}

function PartnerList() {
  const navigate = useNavigate();
  const { search, change, sortedBy } = useUrlState();
  const { status, tier, type, q } = search;
  const sorting = sortedBy("-joinedAt");
  const list = useList("listPartners", { status, tier, type, q, sort: sorting.sort });
  const { may } = useMe();
  // As they were when they were marked: a row that was scrolled out of reach stays marked.
  const [marked, setMarked] = useState<ReadonlyMap<string, Partner>>(new Map());
  const here = new Map(list.rows.map((row) => [row.id, row]));
  const mark = (ids: ReadonlySet<string>): void =>
    setMarked(new Map([...ids].flatMap((id) => here.get(id) ?? marked.get(id) ?? []).map((row) => [row.id, row])));
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status, tier, type }} onChange={change}>
        <Find label={t("partners.find")} value={q ?? ""} onChange={(text) => change({ q: text || undefined })} />
      </FilterBar>
      {may("partners:write") ? (
        <BulkActs partners={[...marked.values()].map((row) => here.get(row.id) ?? row)} onMark={mark} />
      ) : null}
      <Panel flush>
        <DataTable
          caption={t("nav.partners")}
          columns={COLUMNS}
          list={list}
          onOpen={(id) => void navigate({ to: PATHS.partner, params: { id } })}
          {...sorting}
          {...(may("partners:write") ? { marked: { ids: new Set(marked.keys()), onChange: mark } } : {})}
          empty={
            status || tier || type || q ? (
              <Empty title={t("partners.none")} />
            ) : (
              <Empty
                title={t("partners.empty")}
                text={t("partners.emptyText")}
                act={<CopyButton text={`${location.origin}${BASE}${PATHS.register}`} label={t("firstSteps.apply")} />}
              />
            )
          }
        />
      </Panel>
    </>
  );
}
