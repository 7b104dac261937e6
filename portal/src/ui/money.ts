import { formatLocale } from "../i18n/locale.ts";

/** Decimals of currencies that do not have two (ISO 4217). */
const EXPONENTS: Readonly<Record<string, number>> = Object.fromEntries([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3]),
  ..."CLF UYW".split(" ").map((code) => [code, 4]),
]);

export const exponentOf = (currency: string): number => EXPONENTS[currency] ?? 2;

/** Minor units as a decimal text, exactly: 1250 USD is `12.50`. */
export function toDecimal(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const sign = minor < 0 ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Apostrophes are typed as they lie on the keyboard, and blanks mean nothing. */
const straight = (text: string): string => text.replaceAll("’", "'").replaceAll(/\s/g, "");

/** The signs by which the reader's language parts a number; a blank is none. */
function signs(): { readonly group: string; readonly decimal: string } {
  const parts = new Intl.NumberFormat(formatLocale()).formatToParts(1_234_567.5);
  const sign = (type: string): string => straight(parts.find((part) => part.type === type)?.value ?? "");
  return { group: sign("group"), decimal: sign("decimal") };
}

/** Minor units as they are typed: with the decimal sign of the reader's language, and no other sign. */
export const toTyped = (minor: number, currency: string): string =>
  toDecimal(minor, currency).replace(".", signs().decimal);

/**
 * What was typed as an amount, in minor units; undefined where it is no amount of the currency. It is read as the reader's language writes it, groups where
 * groups are: `75,50` is never seven thousand. Where that language has no such number, a point or a comma parts the decimals, as people are used to elsewhere.
 */
export function fromDecimal(text: string, currency: string): number | undefined {
  const exponent = exponentOf(currency);
  const { group, decimal } = signs();
  const plain = straight(text);
  const [whole = "", ...decimals] = plain.split(decimal);
  const isGrouped = group !== "" && whole.includes(group);
  const groups = isGrouped ? whole.split(group) : [whole];
  // Some languages part pairs, but the last group of each has three.
  const isWritten =
    decimals.length < 2 &&
    [...groups, ...decimals].every((digits) => /^\d*$/.test(digits)) &&
    (!isGrouped || groups.every((digits, at) => (at === groups.length - 1 ? /^\d{3}$/ : /^\d{1,3}$/).test(digits)));
  const match = /^(\d{1,13})(?:[.,](\d*))?$/.exec(isWritten ? [groups.join(""), ...decimals].join(".") : plain);
  if (match === null || (match[2]?.length ?? 0) > exponent) return undefined;
  return Number(`${match[1]}${(match[2] ?? "").padEnd(exponent, "0")}`);
}

/** The number of an amount for a reader: all decimals, a true minus, no symbol. The currency's code stands beside it. */
export function formatMoney(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  const format = new Intl.NumberFormat(formatLocale(), {
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  // A text is formatted exactly, where a number would go through binary fractions.
  return format.format(toDecimal(minor, currency) as unknown as number).replace("-", "−");
}
