import { IntlMessageFormat } from "intl-messageformat";
import { DEFAULT_LANGUAGE, type Language } from "./languages.ts";
import en from "./messages/en.json" with { type: "json" };
import he from "./messages/he.json" with { type: "json" };

export type MessageKey = keyof typeof en;
export type MessageValues = Readonly<Record<string, string | number>>;

const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, he };
const formats = new Map<string, IntlMessageFormat>();

/** A message in a language; numbers, plurals and names are put in by ICU's rules. What is put in stays text. */
export function say(language: Language | null, key: MessageKey, values?: MessageValues): string {
  const known = language ?? DEFAULT_LANGUAGE;
  const place = `${known} ${key}`;
  let format = formats.get(place);
  if (format === undefined) {
    // Tags are text here: whoever makes HTML of it escapes it whole.
    format = new IntlMessageFormat(MESSAGES[known][key], known, undefined, { ignoreTag: true });
    formats.set(place, format);
  }
  return String(format.format(values));
}

/** What refuses somebody, in their language: the error's own words where there are no others. */
export function sayError(language: Language | null, { code, message }: { code: string; message: string }): string {
  const key = `error.${code}`;
  return isKey(key) ? say(language, key) : message;
}

const isKey = (key: string): key is MessageKey => Object.hasOwn(en, key);
