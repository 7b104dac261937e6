import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { Allowed } from "../../app/allowed.tsx";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { useDialog } from "../../app/use-dialog.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { STATUSES } from "../../ui/status-words.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { NewTicket } from "./new-ticket.tsx";
import { TicketDrawer } from "./ticket-drawer.tsx";

type Ticket = components["schemas"]["Ticket"];
const filtersOf = (of: "ticket" | "ownTicket") => [
  {
    name: "status",
    label: t("column.status"),
    options: (["open", "waiting", "solved", "closed"] as const).map(
      (code) => [code, t(STATUSES[of][code].words)] as const,
    ),
  },
];
const FILTERS = { partner: filtersOf("ownTicket"), operator: filtersOf("ticket") };

const subject: Column<Ticket> = {
  id: "subject",
  header: t("ticket.subject"),
  grow: true,
  phone: "start",
  cell: (row) => <bdi>{row.subject}</bdi>,
};
const partner: Column<Ticket> = {
  id: "partner",
  header: t("column.partner"),
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const restOf = (of: "ticket" | "ownTicket"): readonly Column<Ticket>[] => [
  {
    id: "updated",
    header: t("ticket.updated"),
    sort: "updatedAt",
    phone: "below",
    cell: (row) => <Moment at={row.updatedAt} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of={of} code={row.status} />,
  },
];
const COLUMNS = {
  partner: [subject, ...restOf("ownTicket")],
  operator: [subject, partner, ...restOf("ticket")],
};

/** What was asked and answered: for a partner its own tickets, for the team everybody's. */
export default function SupportPage() {
  const { isPartner } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const ask = useDialog("ask");
  const { status, partnerId } = search;
  const sorting = sortedBy("-updatedAt");
  const own = useList("listTickets", { status, sort: sorting.sort }, { enabled: isPartner });
  const all = useList("listAllTickets", { status, partnerId, sort: sorting.sort }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  return (
    <Page
      title={t("nav.support")}
      acts={
        isPartner ? (
          <Allowed scope="own:support:write">
            <Button onClick={ask.open}>{t("ticket.new")}</Button>
          </Allowed>
        ) : null
      }
    >
      <FilterBar filters={isPartner ? FILTERS.partner : FILTERS.operator} values={{ status }} onChange={change} />
      <Panel flush>
        <DataTable
          caption={t("nav.support")}
          columns={COLUMNS[isPartner ? "partner" : "operator"]}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status ? (
              <Empty title={t("tickets.none")} />
            ) : (
              <Empty title={t("tickets.empty")} text={t(isPartner ? "tickets.ownEmptyText" : "tickets.emptyText")} />
            )
          }
        />
      </Panel>
      <NewTicket isOpen={ask.isOpen} onClose={ask.onClose} />
      <TicketDrawer rows={list.rows} />
    </Page>
  );
}
