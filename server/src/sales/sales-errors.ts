import { defineErrors } from "../kernel/errors.ts";

/** Why a transaction is refused. `facts.field` names the field of the event that is wrong, where one alone is. */
export const transactionErrors = defineErrors("transaction", {
  not_found: { kind: "not_found", title: "There is no such transaction" },
  unknown_customer: { kind: "conflict", title: "No customer has this external id; convert or create it first" },
  conflict: { kind: "conflict", title: "This external id was used for a transaction with other content" },
  currency_mismatch: { kind: "conflict", title: "A reversal is in the currency of its original" },
  customer_mismatch: { kind: "conflict", title: "A reversal belongs to the customer of its original" },
  original_not_reversible: {
    kind: "conflict",
    title: "A refund or chargeback names a payment or card event; a chargeback won names a chargeback",
  },
  original_missing: { kind: "invalid", title: "A reversal names its original" },
  original_unexpected: { kind: "invalid", title: "Only a reversal names an original, and never itself" },
  external_id_invalid: { kind: "invalid", title: "An external id is 1 to 255 printable characters" },
  amount_invalid: { kind: "invalid", title: "The amount is not negative, and of a reversal above zero" },
  amount_too_large: { kind: "invalid", title: "The amount is larger than any single transaction may be" },
  tax_invalid: { kind: "invalid", title: "The tax lies between zero and the amount" },
  revenue_invalid: { kind: "invalid", title: "The revenue is not negative" },
  name_invalid: { kind: "invalid", title: "The name of a product or plan is printable text of at most 255 characters" },
  country_unknown: { kind: "invalid", title: "This is not the ISO 3166-1 alpha-2 code of a country" },
  currency_unknown: { kind: "invalid", title: "The currency is not a current ISO 4217 code" },
  occurred_at_invalid: { kind: "invalid", title: "The instant does not exist, or lies outside the years 1970 to 9999" },
});
