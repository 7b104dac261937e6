import type { ExportScheduleDeps } from "./analytics-deps.ts";
import { beginDueExports, deliverExport } from "./deliver-exports.ts";
import { endExportSchedule, findExportSchedules, scheduleExport } from "./schedule-export.ts";

/** Exports that are made of each period: a partner's own, and those of the programme. */
export const createExportSchedules = (deps: ExportScheduleDeps) => ({
  scheduleOwn: scheduleExport(deps, "partner"),
  endOwn: endExportSchedule(deps, "partner"),
  findOwn: findExportSchedules(deps, "partner"),
  scheduleOfProgram: scheduleExport(deps, "operator"),
  endOfProgram: endExportSchedule(deps, "operator"),
  findOfProgram: findExportSchedules(deps, "operator"),
  beginDueExports: beginDueExports(deps),
  deliverExport: deliverExport(deps),
});

export type ExportSchedules = ReturnType<typeof createExportSchedules>;
