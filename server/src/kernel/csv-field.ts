import { formatMajor } from "./money.ts";
import { fractionFromPpm } from "./rate.ts";

/** A field of a CSV file. `text` came from outside the program; the others are ours, and can be no formula. */
export type CsvField =
  | { readonly text: string | null }
  | { readonly word: string | number | bigint | null }
  | { readonly amount: bigint; readonly currency: string }
  | { readonly ratePpm: bigint | null }
  | { readonly at: Date | null };

/**
 * Text that is marked with a leading apostrophe: what a spreadsheet would run as a formula (OWASP, "CSV Injection"), what loses its outer spaces where
 * fields are trimmed, and what would be taken for marked.
 */
const MARKED = /^'*[=+\-@＝＋－＠\s]|\s$/u;

/** As CSV has it: amounts in major units, rates as fractions, instants in UTC. Text that a spreadsheet would run is made text. */
export function csvField(field: CsvField): string {
  if ("text" in field) return markText(field.text ?? "");
  if ("word" in field) return field.word === null ? "" : `${field.word}`;
  if ("amount" in field) return formatMajor(field.amount, field.currency);
  if ("ratePpm" in field) return field.ratePpm === null ? "" : `${fractionFromPpm(field.ratePpm)}`;
  return field.at?.toISOString() ?? "";
}

const markText = (text: string): string => (MARKED.test(text) ? `'${text}` : text);

/** Text with its mark, as it was read while marks were left on and outer spaces taken off: what was recorded then has this in its place. */
export const withMark = (text: string): string => markText(text).trim();

/** What a field of a CSV file says: text that was marked as `csvField` marks it, exactly, and anything else without outer spaces. */
export function readCsvField(field: string): string {
  const text = field.slice(1);
  return field.startsWith("'") && MARKED.test(text) ? text : field.trim();
}
