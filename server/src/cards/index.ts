export { cardCron, cardJobs } from "./card-jobs.ts";
export { cardRoutes } from "./card-routes.ts";
export { createCardService } from "./card-service.ts";
