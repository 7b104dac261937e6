import { formatLocale } from "../i18n/locale.ts";

/** A fraction as a percentage of at most two decimals: 0.25 is `25%`. */
export const formatPercent = (fraction: number): string =>
  new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: 2 })
    .format(fraction)
    .replace("-", "−");

/** A change as a signed percentage with one decimal. */
export const formatChange = (fraction: number): string =>
  new Intl.NumberFormat(formatLocale(), { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" })
    .format(fraction)
    .replace("-", "−");

export const formatCount = (count: number): string => new Intl.NumberFormat(formatLocale()).format(count);
