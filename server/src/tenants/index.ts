export type { Tenant, TenantService } from "./tenant-service.ts";
export { createTenantService, findOwnTenant } from "./tenant-service.ts";
