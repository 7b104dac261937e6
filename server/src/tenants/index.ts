export { findOwnClock, findOwnTwin, lockOwnClock, setOwnClock, type TenantClock } from "./tenant-clock.ts";
export { tenantErrors } from "./tenant-errors.ts";
export { findOwnLimits, findOwnParent, lockOwnLimits, NO_LIMITS, type TenantLimits } from "./tenant-limits.ts";
export { findOwnMode, ownMode, requireTestMode, type TenantMode } from "./tenant-mode.ts";
export type { Tenant, TenantService } from "./tenant-service.ts";
export {
  createTenantService,
  findOwnTenant,
  isProven,
  nameOwnTenant,
  originOf,
  saveLinkHost,
  showBrand,
  TEST_PATH,
} from "./tenant-service.ts";
