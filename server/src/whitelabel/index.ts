export { brandingRoutes } from "./branding-routes.ts";
export { createWhitelabelService, type WhitelabelService } from "./whitelabel-service.ts";
