import { isCountry } from "../kernel/country.ts";
import { countryNamed } from "./ofac-countries.ts";

/** A number that an authority has given to one person or organisation: of a passport, an identity card, a taxpayer, a company. */
export type IdentityNumber = {
  /** Letters and digits alone, in capitals. */
  readonly number: string;
  /** ISO 3166; null where it is not said. */
  readonly country: string | null;
};

/** What OFAC calls them in its remarks; ships, telephones and gazettes have numbers, too, which are nobody's. */
const LABEL = [
  "(?:(?:Diplomatic|Stateless Person) )?Passport",
  "SSN",
  "US FEIN",
  "NIT #",
  "RUC #",
  "RIF #",
  "R\\.F\\.C\\.",
  "C\\.U\\.[A-Z]\\.[A-Z]\\.",
  "D\\.N\\.I\\.",
  "V\\.A\\.T\\. Number",
  "Cedula No\\.",
  "Numero de Identidad",
  "(?:[A-Za-z']+ )*(?:ID|Identification|Identity|Fiscal|Registration|Registry|Company|Enterprise|Entity|Citizen's|Residency|Tax)(?: [A-Za-z]+)* ?(?:Number|No\\.|#|Code|Card|ID)",
].join("|");
/**
 * The number may have brackets of its own, as `D489833(9)` and `13/Ta Ta Na (Naing)019077` do. What stands behind it in brackets are a state and its
 * country, or the country alone.
 */
const NUMBER = new RegExp(
  `^(?:alt\\. )?(?:${LABEL}) (?:(?:Booklet|CNIC|CUD): )?#? ?([A-Z0-9(][A-Z0-9 ./()-]*?)\\s*(?:((?:\\s\\([^()]*\\))+)(?:\\s[^()]*)?)?\\.?$`,
  "i",
);
/** In Hong Kong it stands behind a number in brackets, and is often left out. */
const CHECK_DIGIT = /\(\w\)$/;

/** Shorter ones are those of more than one by chance. */
const LENGTH_MIN = 6;

/** As two that people write with other marks are compared; null for what is too short to tell anybody by. */
export function normalNumber(text: string): string | null {
  const plain = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
  return plain.length >= LENGTH_MIN && /\d/.test(plain) ? plain : null;
}

/** The numbers of an entry, which OFAC writes into its remarks. */
export function numbersIn(remarks: string | null): IdentityNumber[] {
  return (remarks ?? "").split(/;\s*/).flatMap((part) => {
    const [, text = "", behind = ""] = NUMBER.exec(part.trim()) ?? [];
    const country = countryIn(behind);
    return [...new Set([text, text.replace(CHECK_DIGIT, "")])].flatMap((written) => {
      const number = normalNumber(written);
      return number === null ? [] : [{ number, country }];
    });
  });
}

/** The last remark in brackets that names a country: `(Georgia) (United States)` is of the United States. */
function countryIn(behind: string): string | null {
  const named = [...behind.matchAll(/\(([^()]*)\)/g)].map(([, said = ""]) =>
    isCountry(said) ? said : countryNamed(said),
  );
  return named.findLast((country) => country !== undefined) ?? null;
}

/** Whether two numbers are one: a country that either leaves out stands against nothing. */
export const isSameNumber = (one: IdentityNumber, other: IdentityNumber): boolean =>
  one.number === other.number && (one.country === null || other.country === null || one.country === other.country);
