import { defineErrors } from "../kernel/errors.ts";

export const fraudErrors = defineErrors("fraud", {
  case_not_found: { kind: "not_found", title: "There is no such case" },
  wrong_state: { kind: "conflict", title: "The state of the case does not allow that" },
  same_person: { kind: "conflict", title: "An appeal is decided by somebody else than who refused" },
  appeal_over: { kind: "conflict", title: "The time to appeal is over" },
  assignee_unknown: { kind: "invalid", title: "Nobody of the team has this id, or who had it has left" },
  partner_unknown: { kind: "invalid", title: "There is no such partner" },
  rules_changed: { kind: "conflict", title: "Somebody else has changed the rules meanwhile" },
  rules_invalid: { kind: "invalid", title: "These rules make no sense" },
  rules_hold_everyone: { kind: "invalid", title: "These rules would hold what every honest partner brings" },
  rules_hold_too_much: { kind: "invalid", title: "These rules would have held too much of the past" },
});
