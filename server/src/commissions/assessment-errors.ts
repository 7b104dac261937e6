import { defineErrors } from "../kernel/errors.ts";

export const assessmentErrors = defineErrors("assessment", {
  customer_unknown: { kind: "not_found", title: "There is no such converted customer" },
  terms_unknown: { kind: "not_found", title: "The partner has no such terms" },
  nothing_differs: { kind: "conflict", title: "A re-assessment would correct nothing" },
  difference_changed: {
    kind: "conflict",
    title: "What would be corrected is not what was shown; look at the difference again",
  },
});
