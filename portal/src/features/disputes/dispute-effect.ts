import type { components } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { formatMoney } from "../../ui/money.ts";
import { currencyOf, type Evidence } from "./evidence-type.ts";

/** `name`: of a missing one, the commission that settles it is there already. */
export type Outcome = "uphold" | "adjust" | "cancel" | "name";

type Decision = {
  readonly dispute: Pick<components["schemas"]["Dispute"], "kind" | "amountHeld">;
  readonly evidence: Evidence;
  readonly outcome: Outcome;
  /** Of an adjustment, minor units: what should have been earned, before refunds. */
  readonly amount: number | undefined;
};

/** What a decision books, in words and numbers, before it is taken. */
export function effectWords({ dispute, evidence, outcome, amount }: Decision): string {
  const currency = currencyOf(evidence);
  const money = (minor: number): string => `${formatMoney(minor, currency ?? "USD")} ${currency}`;
  const { commission } = evidence;
  if (outcome === "name") return t("dispute.nameEffect");
  if (dispute.kind === "missing") {
    if (outcome === "uphold") return t("dispute.upholdMissingEffect");
    return amount === undefined ? t("dispute.adjustAsk") : t("dispute.grantEffect", { amount: money(amount) });
  }
  const held = money(dispute.amountHeld);
  const earned = commission?.amount ?? 0;
  if (outcome === "uphold") return t("dispute.upholdEffect", { amount: money(earned), held });
  if (outcome === "cancel") return t("dispute.cancelEffect", { amount: money(earned), held });
  if (amount === undefined || amount === earned) return t("dispute.adjustAsk");
  const words = { before: money(earned), after: money(amount), by: money(Math.abs(amount - earned)), held };
  return amount > earned ? t("dispute.raiseEffect", words) : t("dispute.lowerEffect", words);
}
