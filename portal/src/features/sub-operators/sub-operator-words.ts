import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatPercent } from "../../ui/numbers.ts";
import { look, type StatusLook } from "../../ui/status-words.ts";

type SubOperator = components["schemas"]["SubOperator"];

export const LOOKS: Readonly<Record<SubOperator["status"], StatusLook>> = {
  opening: look("half", "info", "status.subOperator.opening"),
  active: look("full", "good", "status.subOperator.active"),
  suspended: look("held", "hold", "status.subOperator.suspended"),
  removed: look("ended", "neutral", "status.subOperator.removed"),
};

/** A contract in a few words. */
export const shareWords = (contract: SubOperator["contract"]): string =>
  contract === null
    ? "—"
    : contract.mode === "licence"
      ? t("subOperator.licence")
      : t("subOperator.shareOf", { share: formatPercent(contract.parentShare) });

/** Codes as they are typed, in capital letters between commas; null where nothing is. */
export function codesOf(text: string): string[] | null {
  const codes = text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return codes.length === 0 ? null : codes;
}
