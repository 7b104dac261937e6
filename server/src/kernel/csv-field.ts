import { formatMajor } from "./money.ts";
import { fractionFromPpm } from "./rate.ts";

/** A field of a CSV file. `text` came from outside the program; the others are ours, and can be no formula. */
export type CsvField =
  | { readonly text: string | null }
  | { readonly word: string | number | bigint | null }
  | { readonly amount: bigint; readonly currency: string }
  | { readonly ratePpm: bigint | null }
  | { readonly at: Date | null };

/** The characters with which a spreadsheet begins a formula; a leading apostrophe makes it text (OWASP, "CSV Injection"). */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;

/** As CSV has it: amounts in major units, rates as fractions, instants in UTC. Text that a spreadsheet would run is made text. */
export function csvField(field: CsvField): string {
  if ("text" in field) return (field.text ?? "").replace(FORMULA_START, "'$&");
  if ("word" in field) return field.word === null ? "" : `${field.word}`;
  if ("amount" in field) return formatMajor(field.amount, field.currency);
  if ("ratePpm" in field) return field.ratePpm === null ? "" : `${fractionFromPpm(field.ratePpm)}`;
  return field.at?.toISOString() ?? "";
}
