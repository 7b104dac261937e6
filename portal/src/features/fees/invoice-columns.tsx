import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { formatDay } from "../../ui/dates.ts";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";

export type Invoice = components["schemas"]["Invoice"];
export const INVOICE_STATUSES = ["open", "overdue", "settled"] as const;

/** An invoice waits until its day; what is settled says nothing more. */
export const invoiceNote = ({ status, dueOn }: Pick<Invoice, "status" | "dueOn">): string | undefined =>
  status === "settled" ? undefined : t("invoice.due", { day: formatDay(dueOn) });

const number: Column<Invoice> = {
  id: "number",
  header: t("invoice.number"),
  phone: "start",
  cell: (row) => t("invoice.named", { number: String(row.number) }),
};
const partner: Column<Invoice> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  phone: "below",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const rest: readonly Column<Invoice>[] = [
  { id: "issued", header: t("invoice.issued"), sort: "issuedAt", cell: (row) => formatDay(row.issuedOn) },
  {
    id: "total",
    header: t("invoice.total"),
    align: "end",
    cell: (row) => <Amount minor={row.total} currency={row.currency} />,
  },
  {
    id: "open",
    header: t("invoice.open"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.open} currency={row.currency} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="invoice" code={row.status} note={invoiceNote(row)} />,
  },
];

export const INVOICE_COLUMNS = { partner: [number, ...rest], operator: [number, partner, ...rest] } as const;
