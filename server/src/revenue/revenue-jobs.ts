import type { CronJob, Job } from "../platform/jobs/index.ts";
import { type Converted, MATCH_JOB } from "./match-revenue.ts";
import { ORDER_JOB, type Partnership } from "./record-waiting.ts";
import type { RevenueService } from "./revenue-service.ts";

/** Written by `matchLater` alone. */
const asConverted = (payload: unknown): Converted => payload as Converted;
/** Written by `orderLater` alone. */
const asPartnership = (payload: unknown): Partnership => payload as Partnership;

export const revenueJobs = (revenue: RevenueService): Job[] => [
  { name: MATCH_JOB, handle: (ctx, payload) => revenue.matchConverted(ctx, asConverted(payload)) },
  { name: ORDER_JOB, handle: (ctx, payload) => revenue.putInOrder(ctx, asPartnership(payload)) },
];

export const revenueCron = (revenue: RevenueService): CronJob[] => [
  // Customers become known in other ways than by a conversion: an import, an event that makes them.
  { name: "revenue.match_all", schedule: "41 * * * *", handle: (ctx) => revenue.matchRevenue(ctx) },
  { name: "revenue.forget", schedule: "47 3 * * *", handle: revenue.forgetRevenue },
];
