import { defineErrors } from "../kernel/errors.ts";

export const privacyErrors = defineErrors("privacy", {
  subject_not_found: { kind: "not_found", title: "Nobody is known by this" },
  erasure_not_found: { kind: "not_found", title: "There is no such wish to be forgotten" },
  erasure_wrong_state: { kind: "conflict", title: "The state of the wish does not allow that" },
  certificate_not_ready: { kind: "conflict", title: "Nothing has been erased yet, so there is nothing to certify" },
  hold_not_found: { kind: "not_found", title: "There is no such hold" },
});
