import { type MessageKey, t } from "../../i18n/messages.ts";

const WORDS: Readonly<Record<string, MessageKey>> = {
  "payout.no_method": "failure.no_method",
  "payout.method_not_payable": "failure.method_not_payable",
  "payout.method_cooling_off": "failure.method_cooling_off",
  "payout.below_minimum": "failure.below_minimum",
  "payout.no_minimum": "failure.no_minimum",
  "payout.partner_suspended": "failure.partner_suspended",
  "payout.fee_exceeds_amount": "failure.fee_exceeds_amount",
  "payout.in_batch": "failure.in_batch",
  "payout.method_replaced": "failure.method_replaced",
  "payout.settlement_waiting": "settlement.waits",
  fraud_review: "failure.fraud_review",
  gate_unavailable: "failure.gate_unavailable",
  fraud_refused: "failure.fraud_refused",
  not_paid: "failure.not_paid",
  account_closed: "failure.account_closed",
  account_invalid: "failure.account_invalid",
  transfers_not_allowed: "failure.transfers_not_allowed",
  balance_insufficient: "failure.balance_insufficient",
  payouts_limit_exceeded: "failure.payouts_limit_exceeded",
  withholding_changed: "failure.withholding_changed",
  tax_form_missing: "failure.tax_form_missing",
  tax_form_expired: "failure.tax_form_expired",
};

/** Why money did not go, in words; a provider's own code is said as it is. */
export const failureWords = (code: string): string => {
  const key = WORDS[code];
  return key === undefined ? code.replace(/^payout\./, "").replaceAll("_", " ") : t(key);
};
