import { defineErrors } from "../kernel/errors.ts";

export const feeErrors = defineErrors("fee", {
  invoice_not_found: { kind: "not_found", title: "There is no such invoice" },
  no_agreement: { kind: "conflict", title: "No fees have been agreed on with this partner" },
  already_started: { kind: "conflict", title: "Months have been invoiced: their first day stays" },
  dates_invalid: { kind: "invalid", title: "An agreement ends after it has begun" },
  currency_unknown: { kind: "invalid", title: "This is no currency of ISO 4217" },
  amount_too_large: { kind: "invalid", title: "An invoice, and each of its lines, has a largest amount" },
  usage_differs: { kind: "conflict", title: "This reference has been told with another quantity" },
  above_open: { kind: "conflict", title: "The amount is more than what is open of the invoice" },
  payment_recorded: { kind: "conflict", title: "This payment of the invoice has been recorded" },
  set_off_not_agreed: { kind: "conflict", title: "The partner has not agreed that fees are set off against earnings" },
  partner_suspended: { kind: "conflict", title: "Nothing is set off while the partner is suspended" },
  above_earnings: { kind: "conflict", title: "The amount is more than the partner's free earnings" },
});
