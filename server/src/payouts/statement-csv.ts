import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { csvField } from "../kernel/csv-field.ts";
import { type Statement, type StatementLine, totalsOf } from "./statement.ts";

const COLUMNS = ["section", "line", "date", "kind", "rule", "customer", "commission", "amount", "currency"] as const;

/** A statement as CSV, line by line: first its totals, then its lines. Safe against formulas of spreadsheets. */
export function statementCsv(statement: Statement, lines: AsyncIterable<StatementLine>): Readable {
  const { currency } = statement;
  const rows = async function* () {
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
  };
  const text = stringify();
  const source = Readable.from(rows());
  // What fails on the way ends the answer in its middle: it is no statement.
  source.on("error", (error) => text.destroy(error));
  text.on("close", () => source.destroy());
  return source.pipe(text);
}
