import { defineErrors } from "../kernel/errors.ts";

export const tenantErrors = defineErrors("tenant", {
  not_set_up: { kind: "unavailable", title: "This installation has no operator yet: open the set-up link" },
  no_twin: { kind: "not_found", title: "This programme has no test twin yet" },
  live: { kind: "conflict", title: "This is done in test mode alone" },
  suspended: { kind: "forbidden", title: "This programme is suspended" },
  removed: { kind: "gone", title: "This programme has ended" },
});
