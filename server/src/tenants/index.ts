export { findOwnLimits, findOwnParent, lockOwnLimits, NO_LIMITS, type TenantLimits } from "./tenant-limits.ts";
export type { Tenant, TenantService } from "./tenant-service.ts";
export {
  createTenantService,
  findOwnTenant,
  isProven,
  nameOwnTenant,
  originOf,
  saveLinkHost,
  showBrand,
} from "./tenant-service.ts";
