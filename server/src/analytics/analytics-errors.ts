import { defineErrors } from "../kernel/errors.ts";

export const analyticsErrors = defineErrors("analytics", {
  period_ambiguous: { kind: "invalid", title: "Give a named period, or `from` and `to` together" },
  period_invalid: { kind: "invalid", title: "A period has days that exist, and begins before it ends" },
  period_too_long: { kind: "invalid", title: "The period is longer than figures are shown for at once" },
  export_running: { kind: "conflict", title: "An export of yours is being made; ask again when it is done" },
  no_export_folder: { kind: "conflict", title: "The server has no export folder" },
  too_many_schedules: { kind: "conflict", title: "There are as many scheduled exports as may be; end one first" },
  schedule_not_found: { kind: "not_found", title: "There is no such scheduled export" },
  no_room: { kind: "unavailable", title: "The server's disk has no room for this file now" },
  export_too_large: {
    kind: "too_large",
    title: "The export has more rows than a sheet takes; choose a shorter period, or CSV or JSON",
  },
});
