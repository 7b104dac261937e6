import { isCountry } from "../kernel/country.ts";

const LETTERS = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z".split(" ");

/** As OFAC writes them, where it is not as CLDR does. */
const AS_OFAC: Readonly<Record<string, string>> = {
  burma: "MM",
  "bosnia and herzegovina": "BA",
  "congo, democratic republic of the": "CD",
  "congo, republic of the": "CG",
  "cote d ivoire": "CI",
  "czech republic": "CZ",
  "hong kong": "HK",
  "korea, north": "KP",
  "korea, south": "KR",
  macau: "MO",
  "north macedonia, the republic of": "MK",
  palestinian: "PS",
  swaziland: "SZ",
  "the gambia": "GM",
  "trinidad and tobago": "TT",
  turkey: "TR",
  "virgin islands, british": "VG",
  "west bank": "PS",
};

const names = new Intl.DisplayNames("en", { type: "region" });
const byName = new Map([
  ...LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter(isCountry)
    .map((code) => [(names.of(code) ?? "").toLowerCase().replaceAll("&", "and"), code] as const),
  ...Object.entries(AS_OFAC),
]);

/** The code of a country by the name that OFAC gives it; undefined for regions, for `undetermined` and for what is not known. */
export const countryNamed = (name: string): string | undefined => byName.get(name.trim().toLowerCase());
