export { privacyCron, privacyJobs } from "./privacy-jobs.ts";
export { privacyPersonalData } from "./privacy-personal-data.ts";
export { privacyRoutes } from "./privacy-routes.ts";
export { createPrivacyService, type PrivacyService } from "./privacy-service.ts";
