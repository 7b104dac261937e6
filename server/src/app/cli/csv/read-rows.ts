import { parse } from "csv-parse/sync";
import { readCsvField } from "../../../kernel/csv-field.ts";
import { LINE_BYTES_MAX, type Line, readLines } from "./read-lines.ts";

/** Why a row, or one of its fields, cannot be taken; `column` is empty where it is the row as a whole. */
export type RowProblem = { readonly column: string; readonly reason: string };

/** A row of a file by its columns, or why it could not be read. Empty fields are "". */
export type Row<Column extends string> = { readonly line: number } & (
  | { readonly fields: Readonly<Record<Column, string>> }
  | { readonly problem: RowProblem }
);

/** The file as a whole cannot be read: it is not the file that was meant. */
export class UnreadableFile extends Error {
  override name = "UnreadableFile";
}

/** Columns of a rejects file before those of the file itself, so that it can be corrected and imported as it is. */
export const REJECT_COLUMNS = ["reject_line", "reject_column", "reject_reason"] as const;

/**
 * Reads a CSV file by its header. Columns may come in any order; all `required` ones must be there, and none that is not known. A row is a
 * line: no column may hold a line break, so that a quote that is never closed costs its own row and not the rest of the file.
 */
export async function* readRows<Column extends string>(
  chunks: AsyncIterable<Uint8Array>,
  columns: { readonly required: readonly Column[]; readonly optional: readonly Column[] },
): AsyncGenerator<Row<Column>> {
  const known: readonly string[] = [...columns.required, ...columns.optional, ...REJECT_COLUMNS];
  let header: readonly string[] | undefined;
  for await (const line of readLines(chunks)) {
    const values = valuesOf(line);
    if (header === undefined) {
      if ("problem" in values) throw new UnreadableFile(`line ${line.number}: ${values.problem}`);
      header = headerOf(values.fields, known, columns.required);
      continue;
    }
    if (line.text === "") continue;
    if ("problem" in values) {
      yield { line: line.number, problem: { column: "", reason: values.problem } };
    } else if (values.fields.length !== header.length) {
      const reason = `has ${values.fields.length} fields; the header has ${header.length}`;
      yield { line: line.number, problem: { column: "", reason } };
    } else {
      yield { line: line.number, fields: byColumn(known as readonly Column[], header, values.fields) };
    }
  }
  if (header === undefined) throw new UnreadableFile("the file is empty: its first line names the columns");
}

function headerOf(names: readonly string[], known: readonly string[], required: readonly string[]): readonly string[] {
  const header = names.map((name) => name.trim());
  const strange = header.filter((name) => !known.includes(name));
  const missing = required.filter((name) => !header.includes(name));
  const doubled = header.filter((name, index) => header.indexOf(name) !== index);
  if (missing.length > 0) {
    const hint = header.length === 1 && /[;\t|]/.test(names[0] ?? "") ? "; columns are parted by commas" : "";
    throw new UnreadableFile(`the header has no column ${missing.join(", ")}; it has: ${header.join(", ")}${hint}`);
  }
  if (strange.length > 0) throw new UnreadableFile(`the header has columns that are not known: ${strange.join(", ")}`);
  if (doubled.length > 0) throw new UnreadableFile(`the header names a column twice: ${doubled.join(", ")}`);
  return header;
}

/** Fields by column, as they were before an export marked them; a column that the file does not have is empty, as is an empty field. */
function byColumn<Column extends string>(
  known: readonly Column[],
  header: readonly string[],
  values: readonly string[],
): Record<Column, string> {
  const fields = new Map(header.map((name, index) => [name, readCsvField(values[index] ?? "")]));
  return Object.fromEntries(known.map((column) => [column, fields.get(column) ?? ""])) as Record<Column, string>;
}

function valuesOf(line: Line): { fields: readonly string[] } | { problem: string } {
  if (line.text === undefined) return { problem: `is not UTF-8 text of at most ${LINE_BYTES_MAX} bytes` };
  if (!line.text.includes('"')) return { fields: line.text.split(",") };
  try {
    const records = parse(line.text) as string[][];
    return { fields: records[0] ?? [] };
  } catch {
    return { problem: "has a quote that is not closed, or that is not doubled; a field cannot hold a line break" };
  }
}
