import { defineErrors } from "../kernel/errors.ts";

export const leadErrors = defineErrors("lead", {
  not_found: { kind: "not_found", title: "There is no such lead" },
  wrong_state: { kind: "conflict", title: "The state of the lead does not allow that" },
  held: { kind: "conflict", title: "Another lead holds this deal" },
  no_renewal_left: { kind: "conflict", title: "The protection has been renewed as often as it can be" },
  partner_inactive: { kind: "conflict", title: "Only an active partner can register a deal" },
  domain_invalid: { kind: "invalid", title: "This is no domain of a company" },
  domain_shared: { kind: "invalid", title: "This domain is many people's: a mail provider's, or a registry's" },
  value_incomplete: { kind: "invalid", title: "An expected value and its currency come together" },
  currency_unknown: { kind: "invalid", title: "There is no such currency" },
  reason_missing: { kind: "invalid", title: "Say why the deal is lost" },
  reminder_too_early: { kind: "invalid", title: "The reminder would come before the protection begins" },
  export_too_large: { kind: "too_large", title: "There are more leads than one file takes" },
});
