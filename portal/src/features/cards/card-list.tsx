import { Button } from "@mantine/core";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Status } from "../../ui/status.tsx";
import { lookOf } from "../../ui/status-words.ts";
import { PartnerFilter } from "../partners/partner-filter.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Card, cardActs } from "./card-acts.ts";
import { CardDrawer } from "./card-drawer.tsx";

const STATES = ["requested", "unactivated", "active", "suspended", "terminated", "refused"] as const;
const FILTERS = [
  {
    name: "status",
    label: t("column.status"),
    options: STATES.map((code) => [code, t(lookOf("card", code)?.words ?? "column.status")] as const),
  },
];

const number: Column<Card> = {
  id: "number",
  header: t("cards.card"),
  phone: "start",
  cell: (row) => <span dir="ltr">{row.lastFour === null ? "…" : `•••• ${row.lastFour}`}</span>,
};
const partner: Column<Card> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  phone: "below",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const user: Column<Card> = {
  id: "user",
  header: t("cards.user"),
  grow: true,
  phone: "below",
  cell: (row) => <bdi>{row.userExternalId}</bdi>,
};
const made: Column<Card> = {
  id: "made",
  header: t("column.created"),
  sort: "createdAt",
  cell: (row) => <Moment at={row.createdAt} />,
};
const spent: Column<Card> = {
  id: "spent",
  header: t("cards.spentThisMonth"),
  align: "end",
  phone: "end",
  cell: (row) => <Amount minor={row.spentThisMonth} currency={row.currency} />,
};
const state: Column<Card> = {
  id: "state",
  header: t("column.status"),
  phone: "belowEnd",
  cell: (row) => <Status of="card" code={row.state} note={row.isHeld ? t("cards.held") : (row.refusal ?? undefined)} />,
};

/** Cards, with the one act that must be at hand: to stop one, and to let it pay again. */
export function CardList() {
  const { isPartner, may } = useMe();
  const { search, change, opening, sortedBy } = useUrlState();
  const { status, partnerId } = search;
  const sorting = sortedBy("-createdAt");
  const own = useList("listOwnCards", { state: status, sort: sorting.sort }, { enabled: isPartner });
  const all = useList("listCards", { state: status, partnerId, sort: sorting.sort }, { enabled: !isPartner });
  const list = isPartner ? own : all;
  const touches = ["listOwnCards", "listCards"] as const;
  const changeOwn = useAct("updateOwnCard", { touches });
  const changeAny = useAct("updateCard", { touches });
  const act = isPartner ? changeOwn : changeAny;
  const acts: Column<Card> = {
    id: "acts",
    header: t("column.decide"),
    align: "end",
    cell: (row) => {
      const { to } = cardActs(row, isPartner);
      if (to === undefined) return null;
      return (
        <Button
          size="compact-sm"
          variant="default"
          disabled={act.isPending}
          onClick={() => act.mutate({ path: { id: row.id }, body: { state: to } })}
        >
          {t(to === "suspended" ? "cards.suspend" : "cards.activate")}
        </Button>
      );
    },
  };
  const mayAct = may(isPartner ? "own:cards:write" : "cards:write");
  const columns = [number, ...(isPartner ? [user] : [partner, user]), made, spent, state, ...(mayAct ? [acts] : [])];
  return (
    <>
      <FilterBar filters={FILTERS} values={{ status }} onChange={change}>
        <PartnerFilter id={isPartner ? undefined : partnerId} onClear={() => change({ partnerId: undefined })} />
      </FilterBar>
      {act.error ? <Problem error={act.error} /> : null}
      <Panel flush>
        <DataTable
          caption={t("nav.cards")}
          columns={columns}
          list={list}
          {...opening}
          {...sorting}
          empty={
            status ? (
              <Empty title={t("cards.none")} />
            ) : (
              <Empty title={t("cards.empty")} text={t(isPartner ? "cards.ownEmptyText" : "cards.emptyText")} />
            )
          }
        />
      </Panel>
      <CardDrawer rows={list.rows} />
    </>
  );
}
