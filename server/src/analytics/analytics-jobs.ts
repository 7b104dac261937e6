import { tenantsToRollUp } from "../platform/database/index.ts";
import type { CronJob, Job } from "../platform/jobs/index.ts";
import { DELIVER_EXPORT_JOB, type DueExport } from "./deliver-exports.ts";
import type { ExportSchedules } from "./export-schedules.ts";
import type { PartnerAnalyticsService } from "./partner-analytics-service.ts";

/** Written by `enqueue` of this module alone. */
const asDue = (payload: unknown): DueExport => payload as DueExport;

export const analyticsJobs = (schedules: ExportSchedules): Job[] => [
  { name: DELIVER_EXPORT_JOB, handle: (ctx, payload) => schedules.deliverExport(ctx, asDue(payload)) },
];

export const analyticsCron = (
  analytics: Pick<PartnerAnalyticsService, "rollUpAnalytics">,
  schedules: ExportSchedules,
): CronJob[] => [
  {
    name: "analytics.begin_exports",
    schedule: "15 * * * *",
    handle: async (ctx, report) => {
      const { begun } = await schedules.beginDueExports(ctx);
      await report?.(begun);
    },
  },
  {
    name: "analytics.roll_up",
    schedule: "* * * * *",
    dueIn: tenantsToRollUp,
    handle: async (ctx, report) => {
      const { marks } = await analytics.rollUpAnalytics(ctx);
      await report?.(marks);
    },
  },
];
