export { adminSupportRoutes } from "./admin-support-routes.ts";
export { supportJobs } from "./support-jobs.ts";
export { supportRoutes } from "./support-routes.ts";
export { createSupportService, type SupportService } from "./support-service.ts";
