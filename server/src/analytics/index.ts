export type { AnalyticsDeps } from "./analytics-deps.ts";
export { analyticsCron, analyticsJobs } from "./analytics-jobs.ts";
export { analyticsRoutes } from "./analytics-routes.ts";
export { exportScheduleRoutes } from "./export-schedule-routes.ts";
export { createExportSchedules } from "./export-schedules.ts";
export { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";
