import { type CsvField, csvField as plainField } from "../kernel/csv-field.ts";
import { formatMajor } from "../kernel/money.ts";
import { fractionFromPpm } from "../kernel/rate.ts";
import { wireInteger } from "../platform/wire.ts";

/** A field of an export: one of CSV, where a count is a number also to a spreadsheet. */
export type Field =
  | Exclude<CsvField, { readonly word: unknown }>
  | { readonly word: string | null }
  | { readonly count: bigint };

/** Columns by name, in snake case; JSON has the same names in camel case. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Field>>;

/** What a double, and so a cell of a spreadsheet, holds exactly. */
const EXACT_DIGITS = 15;

/** As CSV has it. */
export const csvField = (field: Field): string => plainField("count" in field ? { word: field.count } : field);

type SheetCell = { readonly value: string | number | null; readonly format?: string };

/** As a spreadsheet has it: numbers are numbers, in major units; text is of type text, which no spreadsheet runs. */
export function sheetField(field: Field): SheetCell {
  if ("text" in field) return { value: field.text };
  if ("word" in field) return { value: field.word };
  if ("count" in field) return { value: wireInteger(field.count), format: "#,##0" };
  if ("amount" in field) {
    const text = formatMajor(field.amount, field.currency);
    const decimals = text.split(".")[1]?.length ?? 0;
    // An amount with more digits than a cell holds stays whole as text.
    if (text.replace(/\D/g, "").length > EXACT_DIGITS) return { value: text };
    return { value: Number(text), format: decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}` };
  }
  if ("ratePpm" in field)
    return { value: field.ratePpm === null ? null : fractionFromPpm(field.ratePpm), format: "0.######" };
  return { value: field.at?.toISOString() ?? null };
}

/** As JSON has it: amounts in minor units, as everywhere on the wire. */
export function jsonField(field: Field): string | number | null {
  if ("text" in field) return field.text;
  if ("word" in field) return field.word;
  if ("count" in field) return wireInteger(field.count);
  if ("amount" in field) return wireInteger(field.amount);
  if ("ratePpm" in field) return field.ratePpm === null ? null : fractionFromPpm(field.ratePpm);
  return field.at?.toISOString() ?? null;
}

export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
