export { KEY_SCOPES, type KeyOwner } from "./api-key-rules.ts";
export type { Customer, CustomerInput } from "./customer-repository.ts";
export {
  createCustomers,
  findCustomerExternalIds,
  findCustomers,
  findCustomersByExternalIds,
  lockCustomers,
  upsertCustomers,
} from "./customer-repository.ts";
export { closeAccounts, findPeople, findPerson, findPersons, type Person } from "./erase-user.ts";
export type { IdentityDeps } from "./identity-deps.ts";
export { authErrors } from "./identity-errors.ts";
export { identityCron, identityJobs } from "./identity-jobs.ts";
export { identityPersonalData } from "./identity-personal-data.ts";
export { identityRoutes } from "./identity-routes.ts";
export type { IdentityService } from "./identity-service.ts";
export { createIdentityService } from "./identity-service.ts";
export { maskEmail } from "./mask-email.ts";
export { normalEmail } from "./normal-email.ts";
export { hashPassword } from "./password.ts";
export { PASSWORD_LENGTH_MIN, requireStrongPassword } from "./password-rules.ts";
export { requireRecentProof } from "./recent-proof.ts";
export type { GuardDeps, RequestGuards } from "./request-guards.ts";
export { createRequestGuards } from "./request-guards.ts";
export { findUsersOfVisitors, findVisitorsOf } from "./session-repository.ts";
export type { NewUser, StaffRole, User, UserRole } from "./user-repository.ts";
