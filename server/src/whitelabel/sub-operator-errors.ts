import { defineErrors } from "../kernel/errors.ts";

export const subOperatorErrors = defineErrors("sub_operator", {
  not_found: { kind: "not_found", title: "There is no such sub-operator" },
  partner_unfit: { kind: "conflict", title: "Only an active partner of the third tier becomes a sub-operator" },
  exists: { kind: "conflict", title: "The partner is a sub-operator already" },
  nested: { kind: "conflict", title: "A sub-operator has no sub-operators of its own" },
  host_invalid: { kind: "invalid", title: "This is not a host name, such as partners.bank.example" },
  host_taken: { kind: "conflict", title: "This host is in use" },
  currency_unknown: { kind: "invalid", title: "This is not a currency that amounts can be in" },
  country_unknown: { kind: "invalid", title: "This is not the ISO 3166-1 alpha-2 code of a country" },
  rate_invalid: { kind: "invalid", title: "A rate is a decimal fraction with at most six places" },
  wrong_state: { kind: "conflict", title: "The sub-operator's state does not allow that" },
  contract_in_past: { kind: "invalid", title: "A contract holds from now, or from a date to come" },
  fees_too_early: { kind: "invalid", title: "The first month of fees begins on a day to come" },
  licence_has_no_share: { kind: "invalid", title: "In mode `licence` there is no share to agree on" },
  still_owed: { kind: "conflict", title: "Something is still owed: settle it first" },
  above_owed: { kind: "conflict", title: "So much is not owed" },
  settlement_recorded: { kind: "conflict", title: "A settlement with this reference has been recorded" },
  statement_unavailable: { kind: "conflict", title: "A month's statement is made from an hour after its end on" },
  statement_unequal: { kind: "conflict", title: "The month's rows and the books differ: no statement is made" },
  rate_above_limit: {
    kind: "conflict",
    title: "With its highest bonus this rate is above what the operator above allows",
  },
  currency_not_allowed: { kind: "conflict", title: "The operator above does not allow this currency" },
});
