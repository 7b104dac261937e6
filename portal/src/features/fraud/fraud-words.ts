import { locale } from "../../i18n/locale.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";

/** The words of a rule; one that the portal does not know yet is said as it is. */
export const ruleWords = (rule: string): string => known(`rule.${rule}`, rule);

const known = (key: string, name: string): string => {
  const words = t(key as MessageKey);
  return words === key ? name.replaceAll("_", " ") : words;
};

/** What a rule saw, as names and values. */
export const evidenceOf = (evidence: Readonly<Record<string, string | number | boolean>>): [string, string][] =>
  Object.entries(evidence).map(([name, value]) => [
    known(
      `evidenceOf.${name}`,
      name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
    ),
    typeof value === "number" ? value.toLocaleString(locale()) : String(value),
  ]);
