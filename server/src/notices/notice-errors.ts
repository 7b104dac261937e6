import { defineErrors } from "../kernel/errors.ts";

export const noticeErrors = defineErrors("notice", {
  kind_unknown: { kind: "not_found", title: "There is no such kind of notice" },
  always_sent: { kind: "invalid", title: "This notice is about your money or your account: it is always sent at once" },
  template_invalid: { kind: "invalid", title: "This is no template: a tag is not closed, or closed twice" },
  fact_unknown: { kind: "invalid", title: "The template names a fact that there is not" },
  tag_refused: { kind: "invalid", title: "Templates name facts and have conditions; this tag is something else" },
  link_invalid: { kind: "not_found", title: "This link to unsubscribe is not valid" },
});
