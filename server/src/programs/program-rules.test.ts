import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS, defaultTiers } from "./default-tiers.ts";
import { checkSettings, isProgramDestination, normalHost, requireDestination, restateTiers } from "./program-rules.ts";

const refusal = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    const { code, facts } = error as { code: string; facts?: { field?: string } };
    return [code, facts?.field];
  }
};

describe("a destination host", () => {
  it.each([
    ["Shop.Example.COM", "shop.example.com"],
    ["shop.example.com:443", "shop.example.com"],
    ["shop.example.com:8443", "shop.example.com:8443"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["[::1]:3000", "[::1]:3000"],
  ])("%s is kept as %s", (given, kept) => expect(normalHost(given)).toBe(kept));

  it.each([
    "",
    " ",
    "a b.example",
    "shop.example/",
    "shop.example/x",
    "shop.example?x",
    "shop.example?",
    "shop.example#x",
    "shop.example#",
    "user@shop.example",
    "@shop.example",
    "shop.example\\",
    "shop.example\n",
    "shop.example:99999",
  ])("%j is no host", (given) =>
    expect(refusal(() => normalHost(given))).toEqual(["program.host_invalid", "destinationHosts"]),
  );
});

describe("a destination", () => {
  const program = { destinationHosts: ["shop.example", "app.example:8443"] };
  it.each([
    "https://shop.example",
    "http://SHOP.example/a?b#c",
    "https://shop.example:443/",
    "https://app.example:8443/x",
    "https:\\\\shop.example\\@evil.example",
  ])("may be %s", (destination) => expect(isProgramDestination(program, destination)).toBe(true));
  it.each([
    "shop.example",
    "//shop.example",
    "ftp://shop.example/",
    "javascript://shop.example/%0aalert(1)",
    "https://user@shop.example/",
    "https://:pass@shop.example/",
    "https://shop.example:8443/",
    "https://app.example/",
    "https://shop.example.evil.example/",
    "https://evil.example/shop.example",
    "https://shop.example@evil.example/",
    "",
  ])("may not be %s", (destination) => expect(isProgramDestination(program, destination)).toBe(false));

  it("that visitors are led to by default is on a host of the programme, or there is none", () => {
    const ask = (defaultDestination: string | null) =>
      refusal(() => requireDestination({ ...program, defaultDestination }));
    expect(ask(null)).toBeUndefined();
    expect(ask("https://shop.example/welcome")).toBeUndefined();
    expect(ask("https://other.example/")).toEqual(["program.destination_refused", "defaultDestination"]);
  });
});

describe("settings", () => {
  it("keep each host once, in its normal form, and all else as it was given", () => {
    expect(checkSettings({ name: "Fern", destinationHosts: ["B.example", "a.example", "b.example:443"] })).toEqual({
      name: "Fern",
      destinationHosts: ["b.example", "a.example"],
    });
    expect(checkSettings({ name: "Fern", currency: "EUR", timeZone: "Asia/Tokyo" })).toEqual({
      name: "Fern",
      currency: "EUR",
      timeZone: "Asia/Tokyo",
    });
  });

  it("are refused with the field that cannot be", () => {
    expect(refusal(() => checkSettings({ currency: "XXQ" }))).toEqual(["program.currency_unknown", "currency"]);
    expect(refusal(() => checkSettings({ timeZone: "Mars/Olympus" }))).toEqual([
      "program.time_zone_unknown",
      "timeZone",
    ]);
    expect(refusal(() => checkSettings({ destinationHosts: ["ok.example", "no/"] }))).toEqual([
      "program.host_invalid",
      "destinationHosts",
    ]);
  });
});

describe("the figures of a plan in another currency", () => {
  it.each(["EUR", "JPY", "BHD"])("are the same in major units of %s", (to) => {
    expect(restateTiers(DEFAULT_TIERS, { from: "USD", to })).toEqual(defaultTiers(to));
  });

  it("come back as they were", () => {
    expect(restateTiers(defaultTiers("JPY"), { from: "JPY", to: "KWD" })).toEqual(defaultTiers("KWD"));
    expect(restateTiers(restateTiers(DEFAULT_TIERS, { from: "USD", to: "JPY" }), { from: "JPY", to: "USD" })).toEqual(
      DEFAULT_TIERS,
    );
  });

  it("state caps again, too, so that a cap does not end with its currency", () => {
    const tier1 = { ...DEFAULT_TIERS.tier1, caps: { month: { USD: 5_000, GBP: 1 }, customer: { USD: 100, JPY: 7 } } };
    expect(restateTiers({ ...DEFAULT_TIERS, tier1 }, { from: "USD", to: "JPY" }).tier1.caps).toEqual({
      month: { JPY: 50, GBP: 1 },
      customer: { JPY: 7 },
    });
  });

  it("leave a minimum that the other currency has already, and those of other currencies", () => {
    const tier1 = { ...DEFAULT_TIERS.tier1, minimumPayout: { USD: 5_000, EUR: 4_000, GBP: 3_000 } };
    expect(restateTiers({ ...DEFAULT_TIERS, tier1 }, { from: "USD", to: "EUR" }).tier1.minimumPayout).toEqual({
      EUR: 4_000,
      GBP: 3_000,
    });
    const none = { ...DEFAULT_TIERS.tier1, minimumPayout: { GBP: 3_000 } };
    expect(restateTiers({ ...DEFAULT_TIERS, tier1: none }, { from: "USD", to: "EUR" }).tier1.minimumPayout).toEqual({
      GBP: 3_000,
    });
  });

  it.each([
    [{ tier1: { ...DEFAULT_TIERS.tier1, signupBonus: 5_050 } }, "tiers.tier1.signupBonus"],
    [{ tier1: { ...DEFAULT_TIERS.tier1, minimumPayout: { USD: 1 } } }, "tiers.tier1.minimumPayout"],
    [
      { tier3: { ...DEFAULT_TIERS.tier3, eligibility: { monthlyLicense: { minimum: 1, maximum: 100 } } } },
      "tiers.tier3.monthlyLicense.minimum",
    ],
    [
      { tier3: { ...DEFAULT_TIERS.tier3, eligibility: { setupFee: { minimum: 100, maximum: 150 } } } },
      "tiers.tier3.setupFee.maximum",
    ],
    [{ tier1: { ...DEFAULT_TIERS.tier1, caps: { month: { USD: 5_050 } } } }, "tiers.tier1.caps.month"],
  ])("are refused where they would be rounded, with the field", (change, field) => {
    expect(refusal(() => restateTiers({ ...DEFAULT_TIERS, ...change }, { from: "USD", to: "JPY" }))).toEqual([
      "plan.amount_invalid",
      field,
    ]);
  });

  it("leave an eligibility that asks for no fee as it is", () => {
    const tier4 = { ...DEFAULT_TIERS.tier4, eligibility: { partnershipAgreement: true as const } };
    expect(restateTiers({ ...DEFAULT_TIERS, tier4 }, { from: "USD", to: "JPY" }).tier4.eligibility).toEqual({
      partnershipAgreement: true,
    });
  });
});
