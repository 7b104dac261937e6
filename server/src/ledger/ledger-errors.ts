import { defineErrors } from "../kernel/errors.ts";

export const ledgerErrors = defineErrors("ledger", {
  overdrawn: { kind: "conflict", title: "There is not that much in the account" },
  booked_before: { kind: "conflict", title: "This event is in the books already" },
});
