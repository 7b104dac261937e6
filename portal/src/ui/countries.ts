import { formatLocale, locale } from "../i18n/locale.ts";

/** Named by browsers too, and no country of ISO 3166-1: unions, islands within a country, and what stands for "unknown". */
const OTHER_PLACES = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" "));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");

/** The countries of ISO 3166-1 by their names, as the browser knows both; sorted as the language that is shown sorts. */
export function countries(): { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: "region", fallback: "none" });
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .flatMap((value) => {
      const label = names.of(value);
      // A code of the past stands for the country that it has become.
      const isOfToday = new Intl.Locale(`und-${value}`).region === value;
      return label === undefined || !isOfToday || OTHER_PLACES.has(value) ? [] : [{ value, label }];
    })
    .sort((one, other) => one.label.localeCompare(other.label, formatLocale()));
}

/** A country's name in the language that is shown; its code where the browser has none. */
export const countryName = (code: string): string =>
  new Intl.DisplayNames([locale()], { type: "region" }).of(code) ?? code;
