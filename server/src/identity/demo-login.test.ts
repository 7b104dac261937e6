import { describe, expect, it } from "vitest";
import { maySignInFrom } from "./demo-login.ts";

const here = "http://127.0.0.1:3000";

describe("the demo's logins", () => {
  it.each([
    ["admin@tributary.example", "127.0.0.1", here, true],
    ["admin@tributary.example", "::1", "http://localhost:3000", true],
    ["admin@tributary.example", "::ffff:127.0.0.1", here, true],
    ["admin@tributary.example", "192.0.2.7", here, false],
    ["admin@tributary.example", null, here, false],
    ["admin@tributary.example", "127.0.0.1", "https://partners.acme.com", false],
    ["ada@example.com", "192.0.2.7", "https://partners.acme.com", true],
    ["ada@notexample", "192.0.2.7", here, true],
  ])("of %s from %s at %s: %s", (email, ip, publicUrl, expected) => {
    expect(maySignInFrom(email, { ip, publicUrl })).toBe(expected);
  });
});
