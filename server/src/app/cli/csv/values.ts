import type { RowProblem } from "./read-rows.ts";

/** Thrown by the readers of values: the row is rejected with it. */
export class BadValue extends Error {
  override name = "BadValue";
  readonly problem: RowProblem;
  constructor(column: string, reason: string) {
    super(`${column}: ${reason}`);
    this.problem = { column, reason };
  }
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A decimal in major units as minor units, exactly: what the currency cannot express is refused, never rounded. */
export function minorUnits(column: string, text: string, exponent: number): bigint {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) throw new BadValue(column, `"${text}" is not a decimal number such as 12.34`);
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > exponent) {
    throw new BadValue(column, `"${text}" has more than ${exponent} decimals, the most that the currency has`);
  }
  const minor = BigInt(whole + significant.padEnd(exponent, "0"));
  return sign === "-" ? -minor : minor;
}

/** An ISO 8601 instant. One without an offset is refused: windows and holds are decided to the second. */
export function instant(column: string, text: string): Date {
  const date = new Date(INSTANT.test(text) ? text : Number.NaN);
  const day = Number(text.slice(8, 10));
  // The parser turns 31 April into 1 May; it is a mistake of whoever wrote the file.
  const exists = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, day)).getUTCDate() === day;
  if (Number.isNaN(date.getTime()) || !exists) {
    throw new BadValue(column, `"${text}" is not an instant with an offset, such as 2026-03-01T12:00:00Z`);
  }
  return date;
}

/** One of a few words. */
export function oneOf<const Word extends string>(column: string, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new BadValue(column, `"${text}" is none of ${words.join(", ")}`);
  return word;
}

/** A field that must be there. */
export function required(column: string, text: string): string {
  if (text === "") throw new BadValue(column, "is empty");
  return text;
}
