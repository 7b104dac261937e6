export { adminCardRoutes } from "./admin-card-routes.ts";
export { cardCron, cardJobs } from "./card-jobs.ts";
export { cardPersonalData } from "./card-personal-data.ts";
export { createCardService } from "./card-service.ts";
export { issuerRoutes } from "./issuer-routes.ts";
export { createMarqetaIssuer } from "./marqeta-issuer.ts";
export { marqetaWire } from "./marqeta-wire.ts";
export { partnerApiRoutes } from "./partner-api-routes.ts";
