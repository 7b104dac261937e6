export { brandingRoutes } from "./branding-routes.ts";
export { certificateRoutes } from "./certificate-routes.ts";
export { createDomainResolver, type DomainResolver } from "./domain-resolver.ts";
export { domainRoutes } from "./domain-routes.ts";
export { subOperatorJobs } from "./sub-operator-jobs.ts";
export { whitelabelPersonalData } from "./sub-operator-personal-data.ts";
export { subOperatorRoutes } from "./sub-operator-routes.ts";
export { whitelabelCron, whitelabelJobs } from "./whitelabel-jobs.ts";
export { createWhitelabelService, type WhitelabelService } from "./whitelabel-service.ts";
