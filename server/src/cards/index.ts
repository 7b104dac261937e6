export { cardCron, cardJobs } from "./card-jobs.ts";
export { cardPersonalData } from "./card-personal-data.ts";
export { cardRoutes } from "./card-routes.ts";
export { createCardService } from "./card-service.ts";
