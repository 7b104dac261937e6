import mustache from "mustache";
import type { TemplateText } from "./notice-catalogue.ts";

// Whoever previews would fill it without end, and what is filled is short.
mustache.templateCache = undefined;

/** Texts are no markup: what is made of them as HTML is escaped whole (`composeMail`), so that no template can leave it out. */
const asIs = { escape: (value: unknown): string => String(value) };

/** Fills a text with facts. Facts are text alone: there is nothing that a template could call. */
const fill = (text: string, facts: Readonly<Record<string, string>>): string =>
  mustache.render(text, Object.assign(Object.create(null), facts), {}, asIs);

/** Fills a template. Whatever is in the facts stays text. */
export const renderTemplate = (
  { subject, text }: TemplateText,
  facts: Readonly<Record<string, string>>,
): TemplateText => ({
  subject: fill(subject, facts),
  text: fill(text, facts),
});
