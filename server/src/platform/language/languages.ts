/** Languages in which people are written to and shown pages. The portal has the same; a test holds them together. */
export const LANGUAGES = {
  en: { name: "English", direction: "ltr" },
  he: { name: "עברית", direction: "rtl" },
} as const;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as Language[];

/** Of whoever has said nothing. */
export const DEFAULT_LANGUAGE: Language = "en";

const isLanguage = (text: string | null | undefined): text is Language =>
  text != null && Object.hasOwn(LANGUAGES, text);

/** What is named as a language, where it is one of ours. */
export const asLanguage = (text: string | null | undefined): Language | null => (isLanguage(text) ? text : null);

/** To whom a mail goes, and in which language they read; null where nobody knows. */
export type Reader = { readonly email: string; readonly language: Language | null };

/** Longer is no list of languages that a browser sends. */
const HEADER_LENGTH_MAX = 1_000;

/** The language of ours that an `Accept-Language` asks for first (RFC 9110, 12.5.4); null where it asks for none of them. */
export function languageAsked(header: string | undefined): Language | null {
  if (header === undefined || header.length > HEADER_LENGTH_MAX) return null;
  const asked = header.split(",").map((part) => {
    const [tag = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    return { language: asLanguage(tag.split("-")[0]), weight: weight === undefined ? 1 : Number(weight.slice(2)) };
  });
  const ours = asked.filter(({ language, weight }) => language !== null && weight > 0);
  return ours.toSorted((one, other) => other.weight - one.weight)[0]?.language ?? null;
}
