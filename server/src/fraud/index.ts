export { fraudCron } from "./fraud-jobs.ts";
export { fraudRoutes } from "./fraud-routes.ts";
export { createFraudService, type FraudService } from "./fraud-service.ts";
export { reviewRoutes } from "./review-routes.ts";
