export { createTenantMailer } from "./tenant-mailer.ts";
export { twinCron, twinJobs } from "./twin-jobs.ts";
export { twinPersonalData } from "./twin-personal-data.ts";
export { twinRoutes } from "./twin-routes.ts";
export { createTwinService, type TwinService } from "./twin-service.ts";
