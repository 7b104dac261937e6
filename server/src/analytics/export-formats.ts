import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { stringify } from "csv-stringify";
import { analyticsErrors } from "./analytics-errors.ts";
import { type Columns, camelCase, csvField, jsonField, sheetField } from "./export-columns.ts";

export const EXPORT_FORMATS = ["csv", "json", "xlsx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** What a sheet takes, less its heading (ECMA-376, Part 1: 1,048,576 rows). Files of text have no end. */
const ROWS_MAX: Readonly<Record<ExportFormat, number>> = {
  csv: Number.POSITIVE_INFINITY,
  json: Number.POSITIVE_INFINITY,
  xlsx: 1_048_575,
};

/** The rows, as far as a file of the format takes them. Throws `analytics.export_too_large` at the first that is too many. */
export async function* fitting(format: ExportFormat, rows: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  const rowsMax = ROWS_MAX[format];
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > rowsMax) throw analyticsErrors.export_too_large({ rowsMax });
    yield row;
  }
}

type Content = {
  readonly rows: AsyncIterable<unknown>;
  readonly columns: Columns<unknown>;
  /** What a reader of the file has to know about it; JSON carries it, a sheet is named after the report. */
  readonly head: { readonly report: string } & Readonly<Record<string, unknown>>;
};

/** Writers of a whole file, row by row: memory stays flat however many there are. */
export const WRITERS: Readonly<Record<ExportFormat, (content: Content, file: Writable) => Promise<void>>> = {
  csv: writeCsv,
  json: writeJson,
  xlsx: writeXlsx,
};

async function writeCsv({ rows, columns }: Content, file: Writable): Promise<void> {
  const lines = async function* () {
    yield Object.keys(columns);
    for await (const row of rows) yield Object.values(columns).map((field) => csvField(field(row)));
  };
  await pipeline(Readable.from(lines()), stringify(), file);
}

async function writeJson({ rows, columns, head }: Content, file: Writable): Promise<void> {
  const fields = Object.entries(columns).map(([name, field]) => [camelCase(name), field] as const);
  const text = async function* () {
    yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
    let separator = "\n";
    for await (const row of rows) {
      yield separator +
        JSON.stringify(Object.fromEntries(fields.map(([name, field]) => [name, jsonField(field(row))])));
      separator = ",\n";
    }
    yield "\n]}\n";
  };
  await pipeline(Readable.from(text()), file);
}

/** Rows between two pauses in which what was written reaches the file: the writer of sheets itself never waits. */
const ROWS_PER_PAUSE = 1_000;

/**
 * Waits until what compresses a sheet has taken what it was given. It is known by exceljs' own name alone: its types leave it out, and the
 * file says nothing of what waits before it. It is a stream of an older library, which says by its state alone that it is full.
 * `written` fails with the file, which takes nothing more then.
 */
async function keepPace(sheet: unknown, written: Promise<void>): Promise<void> {
  // A turn of the loop, in which the compressor is attached at first.
  await setImmediate();
  const { stream } = sheet as { readonly stream: { readonly pipes: readonly Compressor[] } };
  for (const compressor of stream.pipes)
    if (compressor._writableState.needDrain) await Promise.race([once(compressor, "drain"), written]);
}

type Compressor = NodeJS.EventEmitter & { readonly _writableState: { readonly needDrain: boolean } };

/** The fastest: a file that is a third larger, of a million rows, is there in half the time. */
const COMPRESSION = 1;

async function writeXlsx({ rows, columns, head }: Content, file: Writable): Promise<void> {
  // Loaded with the first sheet: it takes long, and a server starts without having written any.
  const { default: ExcelJS } = await import("exceljs");
  // Listens from the start: the writer passes on no error of the file, and one without a listener would end the process.
  const written = finished(file);
  written.catch(() => {});
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: file,
    useStyles: true,
    useSharedStrings: false,
    zip: { zlib: { level: COMPRESSION } },
  });
  const sheet = workbook.addWorksheet(head.report, { views: [{ state: "frozen", ySplit: 1 }] });
  sheet.addRow(Object.keys(columns)).commit();
  const fields = Object.values(columns);
  // One object for each format, and for none: the writer knows a style again by its identity alone, and renders any other anew, cell by cell.
  const styles = new Map<string | undefined, { readonly numFmt?: string }>();
  const styleOf = (numFmt: string | undefined) => {
    const known = styles.get(numFmt) ?? (numFmt === undefined ? {} : { numFmt });
    styles.set(numFmt, known);
    return known;
  };
  let count = 0;
  for await (const row of rows) {
    const cells = fields.map((field) => sheetField(field(row)));
    const line = sheet.addRow(cells.map((cell) => cell.value));
    for (const [index, { format }] of cells.entries()) line.getCell(index + 1).style = styleOf(format);
    line.commit();
    count += 1;
    if (count % ROWS_PER_PAUSE === 0) await keepPace(sheet, written);
    if (file.errored !== null) throw file.errored;
  }
  sheet.commit();
  await Promise.all([workbook.commit(), written]);
}
