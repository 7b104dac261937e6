export { adminSupportRoutes } from "./admin-support-routes.ts";
export { supportJobs } from "./support-jobs.ts";
export { supportPersonalData } from "./support-personal-data.ts";
export { supportRoutes } from "./support-routes.ts";
export { createSupportService, type SupportService } from "./support-service.ts";
