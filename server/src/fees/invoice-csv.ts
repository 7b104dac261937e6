import { stringify } from "csv-stringify/sync";
import { csvField } from "../kernel/csv-field.ts";
import type { PrintedInvoice } from "./printed-invoice.ts";

const COLUMNS = [
  "invoice",
  "section",
  "date",
  "kind",
  "text",
  "quantity",
  "unit_amount",
  "amount",
  "currency",
] as const;

/** An invoice as CSV: its lines, what settled it (negative), and what is open. Safe against formulas of spreadsheets. */
export async function invoiceCsv(invoice: PrintedInvoice): Promise<Buffer> {
  const { currency } = invoice;
  const number = String(invoice.number);
  const amountOf = (amount: bigint): string => csvField({ amount, currency });
  return Buffer.from(
    stringify([
      COLUMNS,
      ...invoice.lines.map((line) => [
        number,
        "line",
        invoice.issuedOn,
        line.kind,
        csvField({ text: line.description }),
        String(line.quantity),
        amountOf(line.unitAmount),
        amountOf(line.amount),
        currency,
      ]),
      ...invoice.settlements.map((settlement) => [
        number,
        "settlement",
        settlement.recordedAt.toISOString().slice(0, 10),
        settlement.kind,
        csvField({ text: settlement.reference }),
        "",
        "",
        amountOf(-settlement.amount),
        currency,
      ]),
      [number, "open", invoice.dueOn, "", "", "", "", amountOf(invoice.open), currency],
    ]),
  );
}
