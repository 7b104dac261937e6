import type { AnalyticsDeps } from "./analytics-deps.ts";
import { exportAnalytics, exportProgramAnalytics } from "./export-analytics.ts";
import { findOwnRecords, findRecords } from "./find-records.ts";
import { getConversionFunnel } from "./get-conversion-funnel.ts";
import { getDashboardOverview } from "./get-dashboard-overview.ts";
import { getForecast, getProgramForecast } from "./get-forecast.ts";
import { getPartnerTimeline } from "./get-partner-timeline.ts";
import { getPerformanceMetrics } from "./get-performance-metrics.ts";
import { getProgramAnalytics } from "./get-program-analytics.ts";
import { getProgramRetention, getRetention } from "./get-retention.ts";
import { getRevenueBreakdown } from "./get-revenue-breakdown.ts";
import { getProgramRevenueBy, getRevenueBy } from "./get-revenue-by.ts";
import { rebuildAnalytics, rollUpAnalytics } from "./roll-up-analytics.ts";

/** What a partner, and the programme, brought in: read from roll-ups alone. */
export const createPartnerAnalyticsService = (deps: AnalyticsDeps) => ({
  getDashboardOverview: getDashboardOverview(deps),
  getPerformanceMetrics: getPerformanceMetrics(deps),
  getConversionFunnel: getConversionFunnel(deps),
  getRevenueBreakdown: getRevenueBreakdown(deps),
  getRevenueBy: getRevenueBy(deps),
  getProgramRevenueBy: getProgramRevenueBy(deps),
  getRetention: getRetention(deps),
  getForecast: getForecast(deps),
  exportAnalytics: exportAnalytics(deps),
  getProgramAnalytics: getProgramAnalytics(deps),
  getProgramRetention: getProgramRetention(deps),
  getProgramForecast: getProgramForecast(deps),
  exportProgramAnalytics: exportProgramAnalytics(deps),
  findRecords: findRecords(deps),
  findOwnRecords: findOwnRecords(deps),
  getPartnerTimeline: getPartnerTimeline(deps),
  rollUpAnalytics: rollUpAnalytics(deps),
  rebuildAnalytics: rebuildAnalytics(deps),
});

export type PartnerAnalyticsService = ReturnType<typeof createPartnerAnalyticsService>;
