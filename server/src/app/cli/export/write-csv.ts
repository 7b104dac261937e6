import { stringify } from "csv-stringify";
import { type CsvField, csvField } from "../../../kernel/csv-field.ts";

/** The lines of a CSV file: a header, then a line for each row. Stream it with a pipeline, so that a slow disk holds back the database. */
export async function* csvLines<Row>(
  rows: AsyncIterable<Row>,
  columns: Readonly<Record<string, (row: Row) => CsvField>>,
  onRow: () => void,
): AsyncGenerator<string[]> {
  yield Object.keys(columns);
  const fields = Object.values(columns);
  for await (const row of rows) {
    onRow();
    yield fields.map((field) => csvField(field(row)));
  }
}

/** Turns arrays of fields into CSV text. */
export const csvText = () => stringify();
