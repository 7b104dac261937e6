import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { StatusMark } from "../../ui/status.tsx";
import { saleKindWords } from "../disputes/dispute-words.ts";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Sale, saleLook, signedAmount } from "./sale-words.ts";

export const SALE_COLUMNS: readonly Column<Sale>[] = [
  {
    id: "date",
    header: t("column.date"),
    sort: "occurredAt",
    phone: "below",
    cell: (row) => <Moment at={row.occurredAt} />,
  },
  {
    id: "customer",
    header: t("column.customer"),
    grow: true,
    phone: "start",
    cell: (row) => <bdi>{row.customerExternalId ?? "—"}</bdi>,
  },
  {
    id: "partner",
    header: t("column.partner"),
    grow: true,
    cell: (row) => (row.partnerId === null ? "—" : <PartnerLink id={row.partnerId} />),
  },
  { id: "kind", header: t("column.type"), cell: (row) => saleKindWords(row.kind) },
  { id: "name", header: t("evidence.name"), grow: true, cell: (row) => <code dir="ltr">{row.externalId}</code> },
  {
    id: "amount",
    header: t("column.amount"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={signedAmount(row)} currency={row.currency} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <StatusMark look={saleLook(row)} />,
  },
];
