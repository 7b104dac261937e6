import type { components } from "@tributary/sdk";
import { locale } from "../../i18n/locale.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { formatTime } from "../../ui/dates.ts";

type Case = components["schemas"]["FraudCase"];

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

/** Until when a partner may appeal, or that it waits. */
export const caseNote = ({ status, appealUntil, isHeld }: Pick<Case, "status" | "appealUntil" | "isHeld">) =>
  status === "refused" && appealUntil !== null
    ? t("fraud.appealUntil", { time: formatTime(appealUntil) })
    : status === "open" && isHeld
      ? t("fraud.held")
      : undefined;
