export { cardCron, cardJobs } from "./card-jobs.ts";
export { cardRoutes } from "./card-routes.ts";
export { type CardService, createCardService } from "./card-service.ts";
