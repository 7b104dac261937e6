import { formatLocale } from "../i18n/locale.ts";

/** A fraction as a percentage of at most two decimals: 0.25 is `25%`. */
export const formatPercent = (fraction: number): string =>
  new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: 2 })
    .format(fraction)
    .replace("-", "−");

/** What is added, with its sign: `+10%`. By hand it would stand behind the number where one reads from the right. */
export const formatBonus = (fraction: number): string =>
  new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: 2, signDisplay: "always" }).format(
    fraction,
  );

/** A change as a signed percentage with one decimal. */
export const formatChange = (fraction: number): string =>
  new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" })
    .format(fraction)
    .replace("-", "−");

export const formatCount = (count: number): string => new Intl.NumberFormat(formatLocale()).format(count);

/** A fraction as a percentage in plain digits, exactly: 0.0725 is `7.25`. Fractions have at most six places. */
export const toPercent = (fraction: number): string => String(Number((fraction * 100).toFixed(4)));

/** What was typed as a percentage, as a fraction of at most six places; undefined where it is none. */
export function fromPercent(text: string): number | undefined {
  const plain = text.trim().replace(/\s*%$/, "").replace(",", ".");
  if (!/^\d{1,4}(\.\d{1,4})?$/.test(plain)) return undefined;
  return Number((Number(plain) / 100).toFixed(6));
}
