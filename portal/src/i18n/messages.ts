import { IntlMessageFormat } from "intl-messageformat";
import { loadErrorMessages } from "./error-messages.ts";
import { LOCALES, locale } from "./locale.ts";
import first from "./messages/en.json";
import type pages from "./messages/en-pages.json";

export type MessageKey = keyof typeof first | keyof typeof pages;
type Values = Readonly<Record<string, string | number>>;

/** A text, or what the build has read of it: a message that takes values. */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0];
let messages: Readonly<Record<string, Message>> = {};
let firstLoading: Promise<void> | undefined;
let pagesLoading: Promise<void> | undefined;
const formats = new Map<MessageKey, IntlMessageFormat>();

/** Loads the messages that the first page needs, in the language that is shown; before anything is drawn. English is there already. */
export const loadMessages = (): Promise<void> => (firstLoading ??= addFirstMessages());

async function addFirstMessages(): Promise<void> {
  const loaders = { en: () => ({ default: first }), he: () => import("./messages/he.json") };
  messages = (await loaders[locale()]()).default;
  document.documentElement.lang = locale();
  document.documentElement.dir = LOCALES[locale()].direction;
  // Not waited for: a refusal before they are there is said as the API says it.
  void loadErrorMessages().catch(() => undefined);
}

/** Loads the messages of every other page, once; before the first of them is read, as columns and filters have their words at once. */
export const loadPageMessages = (): Promise<void> =>
  (pagesLoading ??= addPageMessages().catch((error: unknown) => {
    // Asked for again with the next page.
    pagesLoading = undefined;
    throw error;
  }));

async function addPageMessages(): Promise<void> {
  const loaders = { en: () => import("./messages/en-pages.json"), he: () => import("./messages/he-pages.json") };
  const [pages] = await Promise.all([loaders[locale()](), loadMessages()]);
  messages = { ...messages, ...pages.default };
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
