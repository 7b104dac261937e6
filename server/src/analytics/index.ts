export type { AnalyticsDeps } from "./analytics-deps.ts";
export { analyticsCron } from "./analytics-jobs.ts";
export { analyticsRoutes } from "./analytics-routes.ts";
export { createPartnerAnalyticsService, type PartnerAnalyticsService } from "./partner-analytics-service.ts";
