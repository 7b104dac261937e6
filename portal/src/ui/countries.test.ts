import { afterEach, describe, expect, it, vi } from "vitest";
import { isCountry } from "../../../server/src/kernel/country.ts";
import { countries, countryName, namedCountries } from "./countries.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the countries of a list", () => {
  it("are those that the server takes, each by its name", () => {
    vi.stubGlobal("localStorage", { getItem: () => "en" });
    vi.stubGlobal("navigator", { languages: ["en-GB"] });
    const listed = countries();
    expect(listed.filter(({ value }) => !isCountry(value))).toEqual([]);
    expect(listed).toHaveLength(249);
    expect(listed.find(({ value }) => value === "DE")).toEqual({ value: "DE", label: "Germany" });
    expect(listed[0]?.value).toBe("AF");
  });

  it("are named where they are typed or shown, and what is no code stays as it is", () => {
    vi.stubGlobal("localStorage", { getItem: () => "en" });
    vi.stubGlobal("navigator", { languages: ["en-GB"] });
    expect(namedCountries("de, ir  XQ nowhere")).toBe("Germany, Iran, XQ, NOWHERE");
    expect(namedCountries(" ")).toBe("");
    expect(["GB", "Iran", ""].map(countryName)).toEqual(["United Kingdom", "Iran", ""]);
  });
});
