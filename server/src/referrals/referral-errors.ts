import { defineErrors } from "../kernel/errors.ts";

/** Why something about links, clicks and referrals is refused. */
export const referralErrors = defineErrors("referral", {
  not_found: { kind: "not_found", title: "There is no such referral" },
  link_not_found: { kind: "not_found", title: "There is no such link" },
  coupon_not_found: { kind: "not_found", title: "There is no such coupon" },

  destination_invalid: {
    kind: "invalid",
    title: "A destination is an http or https address on one of the programme's hosts",
  },
  destination_missing: { kind: "conflict", title: "The programme has no default destination; name one" },
  too_many_links: { kind: "conflict", title: "A partner has so many links at most; archive some" },
  code_taken: { kind: "conflict", title: "This code is in use" },
  coupon_period_invalid: { kind: "invalid", title: "A coupon ends after it starts" },
  code_malformed: { kind: "invalid", title: "A code is 2 to 50 of: letters, digits, - and _" },

  clicks_refused: { kind: "unavailable", title: "More clicks arrive than can be recorded; try again in a moment" },
  click_not_recorded: { kind: "unavailable", title: "The click could not be recorded; try again" },

  code_unknown: { kind: "conflict", title: "No link has this referral code" },
  coupon_invalid: { kind: "conflict", title: "There is no such coupon, or it is not valid now" },
  no_click: { kind: "conflict", title: "No click that the server saw ties this customer to a partner" },
  out_of_window: { kind: "conflict", title: "The click is older than the attribution window" },
  partner_inactive: { kind: "conflict", title: "This partner takes no part in the programme" },
  self: {
    kind: "conflict",
    title: "A partner does not refer itself: the customer is the same person, mailbox or browser",
  },
  already_converted: { kind: "conflict", title: "This customer was converted already; its attribution stays" },
  already_signed_up: { kind: "conflict", title: "This customer's sign-up was reported already, with another claim" },
  already_theirs: { kind: "conflict", title: "The customer is this partner's already" },
  was_reattributed: {
    kind: "conflict",
    title: "The customer of this referral was re-attributed: another referral took its place",
  },
  was_rejected: { kind: "conflict", title: "This referral was rejected" },
  unknown_customer: { kind: "conflict", title: "No referral belongs to a customer with this external id" },
  state: { kind: "conflict", title: "The referral's state does not allow that" },
  nothing_explained: { kind: "not_found", title: "No click, customer or transaction has this name" },
  subject_unclear: { kind: "invalid", title: "Name exactly one click, customer or transaction" },
  period_invalid: { kind: "invalid", title: "A period ends after it begins and spans a year at most" },

  external_id_invalid: { kind: "invalid", title: "An external id is 1 to 255 printable characters" },
  email_invalid: { kind: "invalid", title: "This is no e-mail address" },
  instant_invalid: { kind: "invalid", title: "The instant does not exist, or lies outside the years 1970 to 9999" },
  click_after_conversion: { kind: "conflict", title: "A click precedes the conversion" },
});
