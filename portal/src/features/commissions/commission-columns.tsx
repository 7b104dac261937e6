import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { formatPercent } from "../../ui/numbers.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { CommissionStatus } from "./commission-status.tsx";
import { type Commission, typeWords } from "./commission-words.ts";

const date: Column<Commission> = {
  id: "date",
  header: t("column.date"),
  sort: "occurredAt",
  phone: "below",
  cell: (row) => <Moment at={row.occurredAt} />,
};
const partner: Column<Commission> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const shared: readonly Column<Commission>[] = [
  {
    id: "customer",
    header: t("column.customer"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.customer ?? "—"}</bdi>,
  },
  { id: "type", header: t("column.type"), cell: typeWords },
  {
    id: "rate",
    header: t("column.rate"),
    align: "end",
    cell: (row) => (row.rate === null ? t("commission.flat") : formatPercent(row.rate)),
  },
  {
    id: "amount",
    header: t("column.commission"),
    align: "end",
    sort: "amount",
    phone: "end",
    cell: (row) => <Amount minor={row.amount} currency={row.currency} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <CommissionStatus of={row} />,
  },
];

/** The operator sees whose it is as well. */
export const COMMISSION_COLUMNS = { partner: [date, ...shared], operator: [date, partner, ...shared] } as const;
