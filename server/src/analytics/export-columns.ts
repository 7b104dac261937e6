import { formatMajor } from "../kernel/money.ts";
import { fractionFromPpm } from "../kernel/rate.ts";
import { safeForSpreadsheet } from "../kernel/spreadsheet-text.ts";
import { wireInteger } from "../platform/wire.ts";

/** A field of an export. `text` came from outside the program; the others are ours, and can be no formula. */
export type Field =
  | { readonly text: string | null }
  | { readonly word: string | null }
  | { readonly count: bigint }
  | { readonly amount: bigint; readonly currency: string }
  | { readonly ratePpm: bigint | null }
  | { readonly at: Date | null };

/** Columns by name, in snake case; JSON has the same names in camel case. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Field>>;

/** What a double, and so a cell of a spreadsheet, holds exactly. */
const EXACT_DIGITS = 15;

/** As CSV has it: amounts in major units, rates as fractions, instants in UTC. Text that a spreadsheet would run is made text. */
export function csvField(field: Field): string {
  if ("text" in field) return safeForSpreadsheet(field.text ?? "");
  if ("word" in field) return field.word ?? "";
  if ("count" in field) return field.count.toString();
  if ("amount" in field) return formatMajor(field.amount, field.currency);
  if ("ratePpm" in field) return field.ratePpm === null ? "" : `${fractionFromPpm(field.ratePpm)}`;
  return field.at?.toISOString() ?? "";
}

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
