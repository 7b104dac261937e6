import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../test/kit/property-seed.ts";
import { isPossibleTin, maskedTin, TIN_TYPES, type TinType, tinDigits, writtenTin } from "./tin-rules.ts";

describe("a taxpayer identification number", () => {
  it.each<[TinType, string, boolean]>([
    ["ssn", "123-45-6789", true],
    ["ssn", "000-45-6789", false],
    ["ssn", "666-45-6789", false],
    ["ssn", "900-45-6789", false],
    ["ssn", "123-00-6789", false],
    ["ssn", "123-45-0000", false],
    ["ssn", "078-05-1120", false],
    ["ssn", "219-09-9999", false],
    ["ein", "12-3456789", true],
    ["ein", "07-3456789", false],
    ["ein", "00-3456789", false],
    ["ein", "12-0000000", false],
    ["itin", "912-50-1234", true],
    ["itin", "912-66-1234", false],
    ["itin", "912-93-1234", false],
    ["itin", "812-50-1234", false],
  ])("%s %s can be given to somebody: %s", (type, text, isPossible) => {
    const digits = tinDigits(text);
    expect(digits).toBeDefined();
    expect(isPossibleTin(type, digits ?? "")).toBe(isPossible);
  });

  it("is nine digits, however they are cut", () => {
    expect(tinDigits(" 12-345 6789 ")).toBe("123456789");
    for (const text of ["12345678", "1234567890", "12345678a", "", "123.45.6789"])
      expect(tinDigits(text)).toBeUndefined();
  });

  it("shows no more than its last four digits where it is masked, and all of them where it is written", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIN_TYPES), fc.stringMatching(/^\d{9}$/), (type, digits) => {
        expect(maskedTin(type, digits.slice(5)).replaceAll(/\D/g, "")).toBe(digits.slice(5));
        expect(tinDigits(writtenTin(type, digits))).toBe(digits);
      }),
    );
  });

  it.each<[TinType, string, string]>([
    ["ssn", "XXX-XX-6789", "123-45-6789"],
    ["itin", "XXX-XX-6789", "123-45-6789"],
    ["ein", "XX-XXX6789", "12-3456789"],
  ])("%s is cut as the IRS prints it: %s and %s", (type, masked, written) => {
    expect(maskedTin(type, "6789")).toBe(masked);
    expect(writtenTin(type, "123456789")).toBe(written);
  });

  it("of a person and of a business is never the same kind by its first three digits alone", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (digits) => {
        expect(isPossibleTin("ssn", digits) && isPossibleTin("itin", digits)).toBe(false);
      }),
    );
  });
});
