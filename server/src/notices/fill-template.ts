import type { Language } from "../platform/language/index.ts";
import type { MailLine } from "../platform/mail/index.ts";
import { type Facts, factsInWords, type SaidFacts } from "./notice-facts.ts";
import { renderTemplate } from "./render-template.ts";
import type { WordsInForce } from "./words-in-force.ts";

/** What a mail says, in the language of its words. */
export type Letter = { readonly language: Language; readonly subject: string; readonly lines: readonly MailLine[] };

/** Fills words with facts, said in the language of the words. A paragraph that is wholly of a text that somebody wrote stands as that is read. */
export function fillTemplate(
  { language, ...words }: WordsInForce,
  common: SaidFacts,
  facts: Facts,
  timeZone: string,
): Letter {
  const { subject, text } = renderTemplate(words, { ...common, ...factsInWords(facts, { language, timeZone }) });
  const written = Object.values(facts).filter((fact) => typeof fact === "string");
  const lines = text
    .split(/\n{2,}/)
    .map((line) => (written.some((own) => own.includes(line)) ? { quoted: line } : line));
  return { language, subject, lines };
}
