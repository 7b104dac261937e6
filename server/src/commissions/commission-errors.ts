import { defineErrors } from "../kernel/errors.ts";

export const commissionErrors = defineErrors("commission", {
  not_found: { kind: "not_found", title: "There is no such commission" },
  dispute_not_found: { kind: "not_found", title: "There is no such dispute" },
  wrong_state: { kind: "conflict", title: "The state of the commission does not allow that" },
  is_reversal: {
    kind: "conflict",
    title: "This row takes back or gives back a part of a commission; act on that commission",
  },
  is_write_off: {
    kind: "conflict",
    title: "This row forgives a debt: nothing was earned by it that could be disputed",
  },
  is_set_off: {
    kind: "conflict",
    title: "This row paid an invoice: dispute what was earned, or ask for a credit note",
  },
  already_paid: { kind: "conflict", title: "The commission has been paid: nothing of it is left to hold" },
  nothing_left: { kind: "conflict", title: "Reversals have left nothing of this commission" },
  dispute_settled: { kind: "conflict", title: "This dispute has been settled" },
  held: { kind: "conflict", title: "The commission is held until an open question is settled" },
  partner_suspended: { kind: "conflict", title: "Approvals are stopped while the partner is suspended" },
  partner_inactive: { kind: "conflict", title: "A grant goes to a partner who is active or suspended" },
  amount_invalid: { kind: "invalid", title: "The amount is above zero" },
  amount_too_large: { kind: "invalid", title: "The amount is larger than any sale may be" },
  currency_unknown: { kind: "invalid", title: "The currency is not a current ISO 4217 code" },
  no_debt: { kind: "conflict", title: "The partner owes nothing in this currency" },
  above_debt: { kind: "conflict", title: "The amount is more than the partner owes" },
});
