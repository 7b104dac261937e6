export { adminLeadRoutes } from "./admin-lead-routes.ts";
export { leadCron } from "./lead-jobs.ts";
export { leadPersonalData } from "./lead-personal-data.ts";
export { leadRoutes } from "./lead-routes.ts";
export { createLeadService, type LeadService } from "./lead-service.ts";
