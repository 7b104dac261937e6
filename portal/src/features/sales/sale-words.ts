import type { Output } from "@tributary/sdk";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { look, type StatusLook } from "../../ui/status-words.ts";

export type Sale = Output<"listTransactions">["data"][number];

export const SALE_KINDS = ["payment", "card", "refund", "chargeback", "chargeback_won"] as const;
/** The API's filters that say where a sale stands. */
export const SALE_STATES = ["waiting", "refused"] as const;

/** An amount as it moves revenue: what is taken back is negative. */
export const signedAmount = ({ kind, amount }: Pick<Sale, "kind" | "amount">): number =>
  kind === "refund" || kind === "chargeback" ? -amount : amount;

/** Where a sale stands in the books. */
export function saleLook(sale: Pick<Sale, "isWaiting" | "refusal" | "partnerId">): StatusLook {
  if (sale.refusal !== null) return look("ended", "bad", "sale.state.refused");
  if (sale.isWaiting) return look("half", "wait", "sale.state.waiting");
  return sale.partnerId === null
    ? look("open", "neutral", "sale.state.nobodys")
    : look("done", "neutral", "sale.state.counted");
}

const RULES: Readonly<Record<string, MessageKey>> = {
  exclusive_coupon: "explain.rule.exclusive_coupon",
  shared_coupon: "explain.rule.shared_coupon",
  coupon: "explain.rule.shared_coupon",
  partner_api: "explain.rule.partner_api",
  manual: "explain.rule.manual",
  import: "explain.rule.import",
  reattribution: "explain.rule.reattribution",
};

/** What decided whose a customer is, as a sentence; a rule without words is said as the API has it. */
export function ruleWords({ rule, model, referral }: Pick<Output<"explain">, "rule" | "model" | "referral">): string {
  if (rule === null || referral?.convertedAt === null) return t("explain.rule.none");
  if (rule === "click") return t(model === "first" ? "explain.rule.firstClick" : "explain.rule.lastClick");
  const key = RULES[rule];
  return key === undefined ? rule.replaceAll("_", " ") : t(key);
}
