import { locale } from "./locale.ts";

let errors: Readonly<Record<string, string>> = {};

/** Loads what refusals are called in the language that is shown. The API says them in English itself: there is nothing to load for it. */
export async function loadErrorMessages(): Promise<void> {
  if (locale() === "he") errors = (await import("./messages/he-errors.json")).default;
}

/** The words for an error of the API in the language that is shown; undefined where they are the API's own. */
export const errorWords = (code: string | undefined): string | undefined =>
  code === undefined ? undefined : errors[code];
