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

/** A country's name in the language that is shown; what is no code, or one that the browser does not know, as it is. */
export const countryName = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames([locale()], { type: "region" }).of(code) ?? code) : code;

/** The countries of codes that are typed, with blanks or commas between, by their names; so that whoever types them sees what they are. */
export const namedCountries = (codes: string): string =>
  new Intl.ListFormat(locale(), { type: "unit", style: "short" }).format(
    codes
      .toUpperCase()
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(countryName),
  );
