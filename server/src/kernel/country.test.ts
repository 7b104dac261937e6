import { describe, expect, it } from "vitest";
import { isCountry } from "./country.ts";

describe("a country", () => {
  it("is one of the 249 of ISO 3166-1, in capitals", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
    const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`)).filter(isCountry);
    expect(codes).toHaveLength(249);
    expect(["DE", "GB", "ZW"].every(isCountry)).toBe(true);
    expect(["de", "UK", "EU", "XK", "ZZ", "", "DEU"].some(isCountry)).toBe(false);
  });
});
