import type { Readable } from "node:stream";
import { csvField } from "../kernel/csv-field.ts";
import { csvStream } from "../platform/files/index.ts";
import type { ListedMovement } from "./share-statement-repository.ts";
import { type ShareStatement, setOffOf, totalsOf } from "./share-statement-rules.ts";

const COLUMNS = [
  "section",
  "booked",
  "occurred",
  "kind",
  "id",
  "sale",
  "contract",
  "base",
  "amount",
  "reference",
  "currency",
] as const;

/** A statement as CSV: its totals, what of them was set off, then each line. Safe against formulas of spreadsheets. */
export const shareStatementCsv = (statement: ShareStatement, lines: AsyncIterable<ListedMovement>): Readable =>
  csvStream(rowsOf(statement, lines));

async function* rowsOf(
  statement: ShareStatement,
  lines: AsyncIterable<ListedMovement>,
): AsyncGenerator<readonly string[]> {
  const { currency, month } = statement;
  const amountOf = (amount: bigint | null): string => (amount === null ? "" : csvField({ amount, currency }));
  const sum = (section: string, label: string, base: bigint | null, amount: bigint): string[] => [
    section,
    month,
    "",
    label,
    "",
    "",
    "",
    amountOf(base),
    amountOf(amount),
    "",
    currency,
  ];
  yield COLUMNS;
  for (const { label, base, amount } of totalsOf(statement)) yield sum("total", label, base, amount);
  yield sum("of which", "Set off against the opening balance", null, setOffOf(statement));
  for await (const line of lines)
    yield [
      line.section,
      csvField({ at: line.bookedAt }),
      csvField({ at: line.occurredAt }),
      line.kind,
      line.id,
      csvField({ word: line.saleId }),
      csvField({ word: line.contract }),
      amountOf(line.section === "settlement" ? null : line.base),
      amountOf(line.amount),
      csvField({ text: line.reference }),
      currency,
    ];
}
