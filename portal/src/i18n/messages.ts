import { IntlMessageFormat } from "intl-messageformat";
import { LOCALES, locale } from "./locale.ts";
import type en from "./messages/en.json";

export type MessageKey = keyof typeof en;
type Values = Readonly<Record<string, string | number>>;

/** A text, or what the build has read of it: a message that takes values. */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0];
let messages: Readonly<Record<string, Message>> = {};
const formats = new Map<MessageKey, IntlMessageFormat>();

/** Loads the messages of the language that is shown; before anything is drawn. */
export async function loadMessages(): Promise<void> {
  const loaders = { en: () => import("./messages/en.json"), he: () => import("./messages/he.json") };
  messages = (await loaders[locale()]()).default;
  document.documentElement.lang = locale();
  document.documentElement.dir = LOCALES[locale()].direction;
}

/** A message of the catalogue; numbers, plurals and names are put in by ICU's rules. */
export function t(key: MessageKey, values?: Values): string {
  const text = messages[key] ?? key;
  if (typeof text === "string" && !text.includes("{")) return text;
  let format = formats.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(text, locale());
    formats.set(key, format);
  }
  return String(format.format(values));
}
