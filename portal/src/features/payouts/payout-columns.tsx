import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { formatDate } from "../../ui/dates.ts";
import { Moment } from "../../ui/moment.tsx";
import { Status } from "../../ui/status.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { failureWords } from "./failure-words.ts";
import { methodName } from "./method-name.ts";

export type Payout = components["schemas"]["Payout"];
export const PAYOUT_STATUSES = ["pending", "processing", "completed", "failed", "cancelled"] as const;

export const payoutNote = ({ status, processedAt, failureCode, waitsFor }: Payout): string | undefined => {
  if (waitsFor !== null) return t(`payout.waits.${waitsFor}`);
  if (status === "completed" && processedAt) return formatDate(processedAt);
  if (status === "failed" && failureCode) return failureWords(failureCode);
  return undefined;
};

const requested: Column<Payout> = {
  id: "requested",
  header: t("column.requested"),
  sort: "requestedAt",
  phone: "start",
  cell: (row) => <Moment at={row.requestedAt} />,
};
const partner: Column<Payout> = {
  id: "partner",
  header: t("column.partner"),
  grow: true,
  phone: "below",
  cell: (row) => <PartnerLink id={row.partnerId} />,
};
const rest: readonly Column<Payout>[] = [
  {
    id: "method",
    header: t("column.method"),
    cell: (row) => methodName(row.paymentMethod),
  },
  {
    id: "amount",
    header: t("column.amount"),
    align: "end",
    sort: "amount",
    cell: (row) => <Amount minor={row.amount} currency={row.currency} />,
  },
  {
    id: "fee",
    header: t("column.fee"),
    align: "end",
    cell: (row) => <Amount minor={row.fee} currency={row.currency} bare />,
  },
  {
    id: "net",
    header: t("column.net"),
    align: "end",
    phone: "end",
    cell: (row) => <Amount minor={row.netAmount} currency={row.currency} />,
  },
  {
    id: "status",
    header: t("column.status"),
    phone: "belowEnd",
    cell: (row) => <Status of="payout" code={row.status} note={payoutNote(row)} />,
  },
];

/** The operator sees of what waits what stands against it. */
type AnyPayout = components["schemas"]["OperatorPayout"];
const operator: readonly Column<AnyPayout>[] = [requested, partner, ...rest].map((column) =>
  column.id === "status"
    ? { ...column, cell: (row) => <Status of="payout" code={row.status} note={heldNote(row) ?? payoutNote(row)} /> }
    : column,
);
const heldNote = ({ held, settlement }: AnyPayout): string | undefined => {
  if (settlement) return t("settlement.waits");
  if (held === null) return undefined;
  return failureWords(held.code === "payout.held" ? (held.reason ?? held.code) : held.code);
};

export const PAYOUT_COLUMNS = { partner: [requested, ...rest], operator } as const;
