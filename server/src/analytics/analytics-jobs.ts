import type { CronJob } from "../platform/jobs/index.ts";
import type { PartnerAnalyticsService } from "./partner-analytics-service.ts";

export const analyticsCron = (analytics: Pick<PartnerAnalyticsService, "rollUpAnalytics">): CronJob[] => [
  {
    name: "analytics.roll_up",
    schedule: "* * * * *",
    handle: async (ctx) => {
      await analytics.rollUpAnalytics(ctx);
    },
  },
];
