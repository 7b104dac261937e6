import { defineErrors } from "../kernel/errors.ts";

export const noticeErrors = defineErrors("notice", {
  kind_unknown: { kind: "not_found", title: "There is no such kind of notice" },
  always_sent: { kind: "invalid", title: "This notice is about your money or your account: it is always sent at once" },
  link_invalid: { kind: "not_found", title: "This link to unsubscribe is not valid" },
});
