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
const PAYOUT_STATUSES = ["pending", "processing", "completed", "failed", "cancelled"] as const;

/** The states by which lists are filtered: what went by bank file is completed, and whether it arrived only the bank knows. */
export const PAYOUT_STATUS_OPTIONS = PAYOUT_STATUSES.map(
  (code) => [code, code === "completed" ? t("payouts.completed") : t(`status.payout.${code}`)] as const,
);

/** Where a payout is: of one that goes by bank file, whether the bank has the file. */
export const payoutCode = ({ status, bankFile }: Pick<Payout, "status" | "bankFile">): string =>
  bankFile === null ? status : `bank_file_${bankFile}`;

export const payoutNote = (payout: Payout): string | undefined => {
  const { status, processedAt, failureCode, waitsFor, bankFile, exportedAt } = payout;
  if (waitsFor !== null) return t(`payout.waits.${waitsFor}`);
  if (bankFile === "waiting") return t("payout.toBank");
  if (bankFile === "handed_out" && exportedAt) return formatDate(exportedAt);
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
    cell: (row) => <Status of="payout" code={payoutCode(row)} note={payoutNote(row)} />,
  },
];

/** The operator sees of what waits what stands against it. */
type AnyPayout = components["schemas"]["OperatorPayout"];
const operator: readonly Column<AnyPayout>[] = [requested, partner, ...rest].map((column) =>
  column.id === "status"
    ? {
        ...column,
        cell: (row) => <Status of="payout" code={payoutCode(row)} note={heldNote(row) ?? payoutNote(row)} />,
      }
    : column,
);
const heldNote = ({ held, settlement }: AnyPayout): string | undefined => {
  if (settlement) return t("settlement.waits");
  if (held === null) return undefined;
  return failureWords(held.code === "payout.held" ? (held.reason ?? held.code) : held.code);
};

export const PAYOUT_COLUMNS = { partner: [requested, ...rest], operator } as const;
