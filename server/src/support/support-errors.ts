import { defineErrors } from "../kernel/errors.ts";

export const ticketErrors = defineErrors("ticket", {
  not_found: { kind: "not_found", title: "There is no such ticket" },
  object_not_found: { kind: "not_found", title: "What the ticket should be about is not the partner's" },
  closed: { kind: "conflict", title: "The ticket is closed for good" },
  wrong_state: { kind: "conflict", title: "The state of the ticket does not allow that" },
  assignee_unknown: { kind: "invalid", title: "Nobody of the team has this id, or who had it has left" },
});
