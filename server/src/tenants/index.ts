export type { Tenant, TenantService } from "./tenant-service.ts";
export { createTenantService, findOwnTenant, saveMailLook } from "./tenant-service.ts";
