import { defineErrors } from "../kernel/errors.ts";

export const partnerErrors = defineErrors("partner", {
  not_found: { kind: "not_found", title: "There is no such partner" },
  wrong_state: { kind: "conflict", title: "The partner's state does not allow that" },
  registration_closed: {
    kind: "forbidden",
    title: "This programme takes no registrations now, or those of invited e-mails alone",
  },
  code_taken: { kind: "conflict", title: "This referral code is taken" },
  code_invalid: {
    kind: "invalid",
    title: "A referral code is 3 to 50 letters, digits, - and _, and begins with a letter or digit",
  },
  import_invalid: { kind: "invalid", title: "The row cannot be read as a partner" },
  email_taken: { kind: "conflict", title: "This e-mail belongs to somebody else" },
  approval_held: { kind: "conflict", title: "The approval is held until an open question is settled" },
  limit_reached: { kind: "conflict", title: "There may not be so many partners" },
  tier_unchanged: { kind: "conflict", title: "The partner is in that tier" },
  upgrade_open: { kind: "conflict", title: "There is a request for another tier already" },
  upgrade_not_found: { kind: "not_found", title: "There is no such request for a tier" },
  upgrade_decided: { kind: "conflict", title: "The request has been decided" },
  review_not_found: { kind: "not_found", title: "There is no such review of a tier" },
  review_closed: { kind: "conflict", title: "The review is open no more" },
  review_outdated: { kind: "conflict", title: "The partner is in another tier by now" },
  note_not_found: { kind: "not_found", title: "There is no such note about this partner" },
  member_not_found: { kind: "not_found", title: "There is nobody like that on your team" },
  member_exists: { kind: "conflict", title: "This e-mail is on your team already" },
  member_not_joined: { kind: "conflict", title: "Who has not taken the invitation yet cannot be the owner" },
  owner_changed: { kind: "conflict", title: "The partner has another owner by now" },
  team_full: { kind: "conflict", title: "There are as many on your team as there can be; remove somebody first" },
  invitation_not_found: { kind: "not_found", title: "There is no such invitation" },
  invitation_taken: { kind: "conflict", title: "Somebody has registered with this e-mail already" },
});
