import { parse } from "@formatjs/icu-messageformat-parser";
import type { Plugin } from "vite";

/** Those for errors take no values, and are shown as they are. */
const MESSAGES = /\/i18n\/messages\/[\w-]+(?<!-errors)\.json$/;

/** Reads the messages that take values while building: the page then needs no parser, which weighs as much as all the texts. */
export const compileMessages = (): Plugin => ({
  name: "compile-messages",
  enforce: "pre",
  transform(text, id) {
    if (!MESSAGES.test(id)) return undefined;
    const messages = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>);
    const compiled = messages.map(([key, message]) => [key, message.includes("{") ? parse(message) : message]);
    return { code: JSON.stringify(Object.fromEntries(compiled)), map: null };
  },
});
