import { stringify } from "csv-stringify";
import { exponentOf } from "../../../kernel/currency.ts";
import { invariant } from "../../../kernel/invariant.ts";
import { safeForSpreadsheet } from "../../../kernel/spreadsheet-text.ts";
import { majorUnits } from "../csv/values.ts";

/** A field as it is written. `text` came from outside the program, and is made safe for spreadsheets; nothing else can be a formula. */
export type Field =
  | { readonly text: string | null }
  | { readonly amount: bigint; readonly currency: string }
  | { readonly ratePpm: bigint | null }
  | { readonly at: Date | null }
  | { readonly word: string | number | bigint | null };

const PARTS = 1_000_000n;

/** A field as text: amounts as decimals in major units, rates as decimal fractions, instants in UTC. */
export function fieldText(field: Field): string {
  if ("text" in field) return field.text === null ? "" : safeForSpreadsheet(field.text);
  if ("amount" in field) {
    const digits = exponentOf(field.currency);
    invariant(digits !== undefined, "only known currencies are recorded");
    return majorUnits(field.amount, digits);
  }
  if ("ratePpm" in field) return field.ratePpm === null ? "" : rateText(field.ratePpm);
  if ("at" in field) return field.at?.toISOString() ?? "";
  return field.word === null ? "" : `${field.word}`;
}

/** 100000 parts per million are 0.1. */
function rateText(ratePpm: bigint): string {
  const fraction = (ratePpm % PARTS).toString().padStart(6, "0").replace(/0+$/, "");
  return fraction === "" ? `${ratePpm / PARTS}` : `${ratePpm / PARTS}.${fraction}`;
}

/** The lines of a CSV file: a header, then a line for each row. Stream it with a pipeline, so that a slow disk holds back the database. */
export async function* csvLines<Row>(
  rows: AsyncIterable<Row>,
  columns: Readonly<Record<string, (row: Row) => Field>>,
  onRow: () => void,
): AsyncGenerator<string[]> {
  yield Object.keys(columns);
  const fields = Object.values(columns);
  for await (const row of rows) {
    onRow();
    yield fields.map((field) => fieldText(field(row)));
  }
}

/** Turns arrays of fields into CSV text. */
export const csvText = () => stringify();
