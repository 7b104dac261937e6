import type { Output } from "@tributary/sdk";
import { useMe } from "../../app/me.ts";
import { useList } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

type Spend = Output<"listCardSpend">["data"][number];
const KINDS = {
  card: t("cards.kind.card"),
  payment: t("cards.kind.card"),
  refund: t("cards.kind.refund"),
  chargeback: t("cards.kind.chargeback"),
  chargeback_won: t("cards.kind.chargebackWon"),
} as const;

const merchant: Column<Spend> = {
  id: "merchant",
  header: t("cards.merchant"),
  grow: true,
  phone: "start",
  cell: (row) => <bdi>{row.merchant ?? "—"}</bdi>,
};
const partner: Column<Spend> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const rest: readonly Column<Spend>[] = [
  { id: "kind", header: t("cards.kind"), phone: "below", cell: (row) => KINDS[row.kind] },
  { id: "at", header: t("cards.when"), sort: "occurredAt", cell: (row) => <Moment at={row.occurredAt} /> },
  {
    id: "amount",
    header: t("cards.amount"),
    align: "end",
    phone: "end",
    cell: (row) => (
      <Amount
        minor={row.kind === "card" || row.kind === "chargeback_won" ? row.amount : -row.amount}
        currency={row.currency}
      />
    ),
  },
];
/** What is no transaction is for the team to look at. */
const booked: Column<Spend> = {
  id: "booked",
  header: t("cards.booked"),
  grow: true,
  phone: "belowEnd",
  cell: (row) => (row.refusal === null ? t("cards.isBooked") : <code dir="ltr">{row.refusal}</code>),
};

/** What was cleared on cards. */
export function SpendList() {
  const { isPartner } = useMe();
  const { search, sortedBy } = useUrlState();
  const { partnerId } = search;
  const sorting = sortedBy("-occurredAt");
  const own = useList("listOwnCardSpend", { sort: sorting.sort }, { enabled: isPartner });
  const all = useList("listCardSpend", { partnerId, sort: sorting.sort }, { enabled: !isPartner });
  return (
    <Panel flush>
      <DataTable
        caption={t("cards.spend")}
        columns={isPartner ? [merchant, ...rest] : [merchant, partner, ...rest, booked]}
        list={isPartner ? own : all}
        {...sorting}
        empty={<Empty title={t("cards.spendEmpty")} />}
      />
    </Panel>
  );
}
