import { defineErrors } from "../kernel/errors.ts";

export const payoutErrors = defineErrors("payout", {
  not_found: { kind: "not_found", title: "There is no such payout" },
  no_method: { kind: "conflict", title: "Choose how you want to be paid first" },
  method_not_payable: { kind: "conflict", title: "The payout account is not ready: finish its set-up" },
  method_unavailable: { kind: "conflict", title: "This way of being paid is not offered here" },
  below_minimum: { kind: "conflict", title: "The balance is below the minimum payout" },
  no_minimum: { kind: "conflict", title: "In this currency a payout is made on the operator's request alone" },
  currency_unknown: { kind: "invalid", title: "This is no currency of ISO 4217" },
  amount_invalid: { kind: "invalid", title: "An amount is a whole number of minor units above zero" },
  amount_indivisible: { kind: "conflict", title: "In this currency amounts are multiples of a larger unit" },
  above_balance: { kind: "conflict", title: "The amount is more than what is available" },
  nothing_available: { kind: "conflict", title: "Nothing is available for payout" },
  partner_suspended: { kind: "conflict", title: "Payouts are stopped while the partner is suspended" },
  partner_inactive: { kind: "conflict", title: "Payouts begin when the partner is approved" },
  method_replaced: { kind: "conflict", title: "The partner is paid another way now: release the payout again" },
  held: { kind: "conflict", title: "The payout is held until an open question is settled" },
  signature_invalid: { kind: "invalid", title: "The signature does not fit this message" },
  wrong_state: { kind: "conflict", title: "The payout is past that point" },
  provider_unavailable: { kind: "unavailable", title: "The payment provider does not answer; try again later" },
  bank_details_invalid: { kind: "invalid", title: "These bank details cannot be right" },
  provider_refused: { kind: "conflict", title: "The payment provider refused this" },
});
