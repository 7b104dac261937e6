export { brandingRoutes } from "./branding-routes.ts";
export { whitelabelJobs } from "./sub-operator-jobs.ts";
export { whitelabelPersonalData } from "./sub-operator-personal-data.ts";
export { subOperatorRoutes } from "./sub-operator-routes.ts";
export { createWhitelabelService, type WhitelabelService } from "./whitelabel-service.ts";
