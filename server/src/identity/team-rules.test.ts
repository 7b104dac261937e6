import { describe, expect, it } from "vitest";
import { ROLE_SCOPES } from "../platform/scopes.ts";
import { isStaff, leavesNoAdmin, mayDecideRole, STAFF_ROLES } from "./team-rules.ts";
import type { User } from "./user-repository.ts";

const admin = { id: "a", role: "admin", status: "active" } as User;

describe("the operator's team", () => {
  it("is admins, finance and support; a partner's own person is none of it", () => {
    expect(STAFF_ROLES).toEqual(["admin", "finance", "support"]);
    expect(STAFF_ROLES.every(isStaff)).toBe(true);
    expect(isStaff("partner")).toBe(false);
    expect(isStaff("customer")).toBe(false);
  });

  it("gets a role from nobody who may do less than that role", () => {
    const decide = (who: keyof typeof ROLE_SCOPES) => STAFF_ROLES.map((role) => mayDecideRole(ROLE_SCOPES[who], role));
    expect(decide("admin")).toEqual([true, true, true]);
    expect(decide("finance")).toEqual([false, true, false]);
    expect(decide("support")).toEqual([false, false, true]);
    const [one, ...allButOne] = ROLE_SCOPES.support;
    expect(one).toBeDefined();
    expect(mayDecideRole(new Set(allButOne), "support")).toBe(false);
    expect(mayDecideRole(new Set(), "support")).toBe(false);
  });

  it("gets every role from the program itself", () => {
    expect(STAFF_ROLES.map((role) => mayDecideRole(undefined, role))).toEqual([true, true, true]);
  });

  it("keeps its last active admin as an active admin", () => {
    expect(leavesNoAdmin(admin, { role: "finance" }, ["a"])).toBe(true);
    expect(leavesNoAdmin(admin, { status: "disabled" }, ["a"])).toBe(true);
    expect(leavesNoAdmin(admin, { role: "admin", status: "active" }, ["a"])).toBe(false);
    expect(leavesNoAdmin(admin, {}, ["a"])).toBe(false);
  });

  it("lets an admin go while another stays, and lets others change", () => {
    expect(leavesNoAdmin(admin, { role: "finance" }, ["a", "b"])).toBe(false);
    expect(leavesNoAdmin(admin, { role: "finance" }, ["b"])).toBe(false);
    expect(leavesNoAdmin({ ...admin, id: "c", role: "support" }, { status: "disabled" }, ["a"])).toBe(false);
    expect(leavesNoAdmin({ ...admin, status: "disabled" }, { role: "finance" }, [])).toBe(false);
  });
});
