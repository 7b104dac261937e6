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

/** A decimal text as the reader's language writes it, as minor units; undefined where it is no amount of the currency. */
export function fromDecimal(text: string, currency: string): number | undefined {
  const exponent = exponentOf(currency);
  const parts = new Intl.NumberFormat(formatLocale()).formatToParts(-1234.5);
  const sign = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  const plain = text.trim().replaceAll(sign("group"), "").replaceAll(/\s/g, "").replace(sign("decimal"), ".");
  const match = /^(\d{1,13})(?:\.(\d*))?$/.exec(plain);
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
