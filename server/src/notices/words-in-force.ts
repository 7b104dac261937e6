import type { ReadTx } from "../platform/database/index.ts";
import { DEFAULT_LANGUAGE, type Language } from "../platform/language/index.ts";
import { type TemplateName, type TemplateText, wordsOf } from "./notice-catalogue.ts";
import { placeOf } from "./template-place.ts";
import { findTemplates, type TemplateVersion } from "./template-repository.ts";

/** What a mail says to somebody, with the language in which that is written. */
export type WordsInForce = TemplateText & { readonly language: Language; readonly isDefault: boolean };

/**
 * What mails say to whoever reads a language. The operator's own words win: those in that language, else those in English, which it may have written
 * for all before there were others; else what the program brings along in that language.
 */
export function wordsInForce(
  kept: ReadonlyMap<string, TemplateVersion>,
  name: TemplateName,
  language: Language,
): WordsInForce {
  for (const known of [language, DEFAULT_LANGUAGE]) {
    const own = kept.get(placeOf(name, known))?.written;
    if (own) return { ...own, language: known, isDefault: false };
  }
  const { subject, text } = wordsOf(language, name);
  return { subject, text, language, isDefault: true };
}

/** The same for many mails to one person. */
export async function findWords(tx: ReadTx, language: Language | null): Promise<(name: TemplateName) => WordsInForce> {
  const kept = await findTemplates(tx);
  return (name) => wordsInForce(kept, name, language ?? DEFAULT_LANGUAGE);
}
