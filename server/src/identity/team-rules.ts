import { ROLE_SCOPES, type Scope } from "../platform/scopes.ts";
import type { StaffRole, User, UserRole } from "./user-repository.ts";

export const STAFF_ROLES: readonly StaffRole[] = ["admin", "finance", "support"];

export const isStaff = (role: UserRole): role is StaffRole => STAFF_ROLES.some((staff) => staff === role);

/** Whether whoever has `scopes` may give or take a role: all that it may do, they must. Undefined: the program itself, which may do all. */
export const mayDecideRole = (scopes: ReadonlySet<Scope> | undefined, role: StaffRole): boolean =>
  scopes === undefined || [...ROLE_SCOPES[role]].every((scope) => scopes.has(scope));

export type TeamChange = { readonly role?: StaffRole; readonly status?: User["status"] };

/** Whether a change would leave nobody who may run the programme. */
export const leavesNoAdmin = (user: User, change: TeamChange, activeAdminIds: readonly string[]): boolean => {
  const staysAdmin = (change.role ?? user.role) === "admin" && (change.status ?? user.status) === "active";
  return !staysAdmin && activeAdminIds.length === 1 && activeAdminIds[0] === user.id;
};
