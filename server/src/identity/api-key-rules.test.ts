import { describe, expect, it } from "vitest";
import { OPERATOR_SCOPES, PARTNER_SCOPES, ROLE_SCOPES } from "../platform/scopes.ts";
import { effectiveScopes, isAddressAllowed, KEY_SCOPES, normalBlock, refusedScopes } from "./api-key-rules.ts";

describe("an allow-list", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7/32"],
    ["203.0.113.7/24", "203.0.113.0/24"],
    ["::ffff:203.0.113.7", "203.0.113.7/32"],
    ["2001:DB8::7", "2001:db8::7/128"],
    ["2001:db8::7/32", "2001:db8::/32"],
    ["::ffff:203.0.113.7/120", "203.0.113.0/24"],
    ["0.0.0.0/0", "0.0.0.0/0"],
  ])("takes %s as %s", (entry, block) => {
    expect(normalBlock(entry)).toBe(block);
  });

  it.each([
    "",
    "x",
    "203.0.113",
    "127.1",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "2130706433",
    "203.0.113.7/33",
    "010.0.0.0/8",
    "127.1/8",
    "::ffff:0.0.0.0/95",
    "::/129",
    "203.0.113.7/",
    "203.0.113.7/-1",
    "1.2.3.4, 5.6.7.8",
  ])("does not take %j", (entry) => {
    expect(normalBlock(entry)).toBeUndefined();
  });

  it.each([
    ["203.0.113.200", ["203.0.113.0/24"], true],
    ["::ffff:203.0.113.200", ["203.0.113.0/24"], true],
    ["203.0.114.1", ["203.0.113.0/24"], false],
    ["203.0.114.1", ["203.0.113.0/24", "203.0.114.1/32"], true],
    ["2001:db8:1::1", ["2001:db8::/32"], true],
    ["2001:db9::1", ["2001:db8::/32"], false],
    ["203.0.113.1", ["::/0"], false],
    ["203.0.113.1", ["::ffff:203.0.113.0/120"], true],
    ["203.0.114.1", ["::ffff:203.0.113.0/120"], false],
    ["2001:db8::1", ["0.0.0.0/0"], false],
    ["no address", ["0.0.0.0/0"], false],
    [null, ["0.0.0.0/0"], false],
    [null, [], true],
    ["203.0.113.1", [], true],
    ["203.0.113.1", ["broken"], false],
    ["203.0.113.1", null, false],
  ])("for %s, %j is %s", (ip, list, isAllowed) => {
    expect(isAddressAllowed(ip, list)).toBe(isAllowed);
  });
});

describe("scopes of a key", () => {
  it("are never those with which it could make keys or people", () => {
    for (const owner of ["partner", "operator"] as const)
      for (const scope of ["keys:write", "own:keys:write", "users:write"] as const)
        expect(KEY_SCOPES[owner]).not.toContain(scope);
  });

  it("are no more than the giver's, and of the right kind", () => {
    const giver = ROLE_SCOPES.finance;
    expect(refusedScopes({ wanted: ["payouts:read", "partners:write"], owner: "operator", giver })).toEqual([
      "partners:write",
    ]);
    expect(refusedScopes({ wanted: ["payouts:read"], owner: "partner", giver: undefined })).toEqual(["payouts:read"]);
    expect(refusedScopes({ wanted: ["own:payouts:read"], owner: "operator", giver: undefined })).toEqual([
      "own:payouts:read",
    ]);
    expect(refusedScopes({ wanted: ["keys:write"], owner: "operator", giver: ROLE_SCOPES.admin })).toEqual([
      "keys:write",
    ]);
  });

  it("count as far as a key of its owner may have them, whatever the row says", () => {
    const all = [...PARTNER_SCOPES, ...OPERATOR_SCOPES, "everything"];
    expect([...effectiveScopes(all, "partner")]).toEqual(KEY_SCOPES.partner);
    expect([...effectiveScopes(all, "operator")]).toEqual(KEY_SCOPES.operator);
    for (const broken of [null, "partners:read", { 0: "partners:read" }])
      expect(effectiveScopes(broken, "operator").size).toBe(0);
  });
});
