import { describe, expect, it } from "vitest";
import { validateReferralCode } from "./click-rules.ts";
import { drawCode } from "./link-rules.ts";

describe("the code of a link", () => {
  it("is ten characters of which none is read for another, and a code that links can have", () => {
    const codes = Array.from({ length: 500 }, drawCode);
    for (const code of codes) {
      expect(code).toMatch(/^[2-9a-hjkmnp-z]{10}$/);
      expect(validateReferralCode(code)).toBe(code);
    }
    // Every character is drawn: 5,000 draws of 31 leave one out less than once in 10^60 runs.
    expect(new Set(codes.join("")).size).toBe(31);
  });

  it("is not drawn twice", () => {
    expect(new Set(Array.from({ length: 500 }, drawCode)).size).toBe(500);
  });
});
