import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isId, newId } from "../kernel/id.ts";
import { createVisitorCookies } from "./visitor-cookie.ts";

const key = randomBytes(32);
const cookies = createVisitorCookies({ key, isSecure: true });
const tenantId = newId();
const valueOf = (setCookie: string): string => /=([^;]+);/.exec(setCookie)?.[1] ?? "";

describe("a visitor's cookie", () => {
  it("is first-party: HttpOnly, Lax, bound to the host and Secure on https", () => {
    const { setCookie } = cookies.make(tenantId);
    expect(setCookie).toMatch(/^__Host-tributary_visitor=[\w-]{22}\.[\w-]{22}; /);
    expect(setCookie.split("; ").slice(1)).toEqual([
      "Max-Age=34560000",
      "Path=/",
      "HttpOnly",
      "SameSite=Lax",
      "Secure",
    ]);
    const plain = createVisitorCookies({ key, isSecure: false }).make(tenantId).setCookie;
    expect(plain).toMatch(/^tributary_visitor=/);
    expect(plain).not.toContain("Secure");
  });

  it("names the visitor that it was made for", () => {
    const { visitorId, setCookie } = cookies.make(tenantId);
    expect(isId(visitorId)).toBe(true);
    expect(cookies.read(tenantId, valueOf(setCookie))).toBe(visitorId);
    expect(cookies.make(tenantId).visitorId).not.toBe(visitorId);
  });

  it("names nobody when it was forged, changed, made under another key, or carried to another tenant", () => {
    const value = valueOf(cookies.make(tenantId).setCookie);
    const [id = "", tag = ""] = value.split(".");
    const flipped = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);
    const other = createVisitorCookies({ key: randomBytes(32), isSecure: true });
    for (const forged of [
      undefined,
      "",
      ".",
      `${flipped(id)}.${tag}`,
      `${id}.${flipped(tag)}`,
      id,
      `${value}x`,
      value.repeat(500),
    ])
      expect(cookies.read(tenantId, forged)).toBeUndefined();
    expect(cookies.read(newId(), value)).toBeUndefined();
    expect(other.read(tenantId, value)).toBeUndefined();
  });
});
