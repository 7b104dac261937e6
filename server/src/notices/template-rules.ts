import mustache from "mustache";
import { COMMON_FACTS, DIGEST_EXAMPLES, kindOf, type TemplateName, type TemplateText } from "./notice-catalogue.ts";
import { noticeErrors } from "./notice-errors.ts";
import type { Facts } from "./notice-facts.ts";

/** What a template may name, each with an example. */
export const examplesOf = (name: TemplateName): Facts => ({
  ...COMMON_FACTS,
  ...(name === "digest" ? DIGEST_EXAMPLES : kindOf(name).examples),
});

/** Refuses what is no template, names a fact that there is not, or asks for more than facts and conditions. */
export function requireTemplate(name: TemplateName, template: TemplateText): void {
  const known = new Set(Object.keys(examplesOf(name)));
  for (const field of ["subject", "text"] as const)
    for (const [type, tag] of tagsOf(field, template[field])) {
      if (!["name", "#", "^", "!"].includes(type)) throw noticeErrors.tag_refused({ field, tag });
      if (type !== "!" && !known.has(tag)) throw noticeErrors.fact_unknown({ field, fact: tag, known: [...known] });
    }
}

/** The tags of a text, those within conditions too, as Mustache reads them. */
function tagsOf(field: string, text: string): [type: string, tag: string][] {
  try {
    return flatten(mustache.parse(text));
  } catch (error) {
    throw noticeErrors.template_invalid({ field, why: error instanceof Error ? error.message : "" });
  }
}

const flatten = (spans: readonly (readonly unknown[])[]): [string, string][] =>
  spans.flatMap(([type, tag, , , within]): [string, string][] => [
    ...(type === "text" ? [] : [[String(type), String(tag)] satisfies [string, string]]),
    ...(Array.isArray(within) ? flatten(within as unknown[][]) : []),
  ]);
