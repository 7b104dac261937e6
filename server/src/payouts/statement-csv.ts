import type { Readable } from "node:stream";
import { csvField } from "../kernel/csv-field.ts";
import { csvStream } from "../platform/files/index.ts";
import { type Statement, type StatementLine, totalsOf } from "./statement.ts";

const COLUMNS = ["section", "line", "date", "kind", "rule", "customer", "commission", "amount", "currency"] as const;

/** A statement as CSV, line by line: first its totals, then its lines. Safe against formulas of spreadsheets. */
export const statementCsv = (statement: Statement, lines: AsyncIterable<StatementLine>): Readable =>
  csvStream(rowsOf(statement, lines));

async function* rowsOf(statement: Statement, lines: AsyncIterable<StatementLine>): AsyncGenerator<readonly string[]> {
  const { currency } = statement;
  yield COLUMNS;
  for (const [label, amount] of totalsOf(statement))
    yield ["total", "", statement.paidAt.toISOString(), label, "", "", "", csvField({ amount, currency }), currency];
  for await (const row of lines)
    yield [
      "line",
      String(row.line),
      row.occurredAt.toISOString(),
      row.kind,
      csvField({ text: row.rule }),
      csvField({ text: row.customer }),
      row.commissionId,
      csvField({ amount: row.amount, currency }),
      currency,
    ];
}
