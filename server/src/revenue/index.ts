export { matchLater } from "./match-revenue.ts";
export { orderLater } from "./record-waiting.ts";
export type { RevenueDeps } from "./revenue-deps.ts";
export { revenueCron, revenueJobs } from "./revenue-jobs.ts";
export { revenuePersonalData } from "./revenue-personal-data.ts";
export { revenueRoutes } from "./revenue-routes.ts";
export { createRevenueService, type RevenueService } from "./revenue-service.ts";
export { signedRevenueRoutes } from "./signed-routes.ts";
