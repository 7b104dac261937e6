import { describe, expect, it } from "vitest";
import {
  type Classification,
  faultOf,
  isExempt,
  latinOf,
  stateOf,
  type TaxForm,
  validUntil,
  type W8,
  type W9,
} from "./form-rules.ts";
import { dueOn, figuresOf } from "./statutory-figures.ts";

const W9_OF_ADA: W9 = {
  kind: "w9",
  name: "Ada Lovelace",
  classification: "individual",
  address: { line1: "1 Main St", city: "Austin", region: "TX", postalCode: "78701", country: "US" },
  tinType: "ssn",
  tin: "123-45-6789",
  isSubjectToWithholding: false,
};
const W8_OF_BOB: W8 = {
  kind: "w8ben",
  name: "Bob",
  address: { line1: "1 High St", city: "London", country: "GB" },
  countryOfOrigin: "GB",
  services: "outside_us",
};

describe("a form", () => {
  it.each<[string, TaxForm, unknown]>([
    ["as it should be", W9_OF_ADA, undefined],
    ["a number that nobody has", { ...W9_OF_ADA, tin: "666-45-6789" }, { name: "tin_impossible", field: "tin" }],
    [
      "a state that is none",
      { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, region: "ZZ" } },
      { name: "address_incomplete", field: "address.region" },
    ],
    [
      "a postal code of elsewhere",
      { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, postalCode: "SW1A 1AA" } },
      { name: "address_incomplete", field: "address.postalCode" },
    ],
    [
      "no state",
      { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, region: null } },
      { name: "address_incomplete", field: "address.region" },
    ],
    [
      "no postal code",
      { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, postalCode: null } },
      { name: "address_incomplete", field: "address.postalCode" },
    ],
    [
      "a postal code of nine digits",
      { ...W9_OF_ADA, address: { ...W9_OF_ADA.address, postalCode: "78701-1234" } },
      undefined,
    ],
    ["a number of eight digits", { ...W9_OF_ADA, tin: "123-45-678" }, { name: "tin_impossible", field: "tin" }],
    ["a name that the IRS cannot keep", { ...W9_OF_ADA, name: "עדה" }, { name: "name_not_latin", field: "name" }],
    ["a US person abroad", { ...W9_OF_ADA, address: W8_OF_BOB.address }, undefined],
    ["a foreign person as it should be", W8_OF_BOB, undefined],
    ["a foreign name in its own letters", { ...W8_OF_BOB, name: "王小明" }, undefined],
    [
      "a foreign person who lives in the US",
      { ...W8_OF_BOB, address: W9_OF_ADA.address },
      { name: "country_unfit", field: "address.country" },
    ],
    [
      "a foreign person of the US",
      { ...W8_OF_BOB, countryOfOrigin: "US" },
      { name: "country_unfit", field: "countryOfOrigin" },
    ],
    [
      "an entity that does not say what it is",
      { ...W8_OF_BOB, kind: "w8bene" },
      { name: "field_missing", field: "entityType" },
    ],
    [
      "an entity that does not say its status for FATCA",
      { ...W8_OF_BOB, kind: "w8bene", entityType: "corporation" },
      { name: "field_missing", field: "chapter4Status" },
    ],
    [
      "an entity as it should be",
      { ...W8_OF_BOB, kind: "w8bene", entityType: "corporation", chapter4Status: "active_nffe" },
      undefined,
    ],
    ["a number without its kind", { ...W8_OF_BOB, tin: "912-50-1234" }, { name: "field_missing", field: "tinType" }],
    [
      "a number whose kind is left empty",
      { ...W8_OF_BOB, tin: "912-50-1234", tinType: null },
      { name: "field_missing", field: "tinType" },
    ],
    ["a number that is left empty", { ...W8_OF_BOB, tin: null, tinType: null }, undefined],
    ["a foreign person's own number", { ...W8_OF_BOB, tin: "912-50-1234", tinType: "itin" }, undefined],
    [
      "a foreign person's number that nobody has",
      { ...W8_OF_BOB, tin: "912-66-1234", tinType: "itin" },
      { name: "tin_impossible", field: "tin" },
    ],
  ])("is looked at before it is signed: %s", (_what, form, fault) => {
    expect(faultOf(form)).toEqual(fault);
  });

  it("of a corporation, or with an exempt payee code, is not reported; a disregarded company's owner is", () => {
    const exempt = (classification: Classification) => isExempt({ ...W9_OF_ADA, classification });
    expect([exempt("individual"), exempt("llc_p"), exempt("partnership")]).toEqual([false, false, false]);
    expect([exempt("c_corporation"), exempt("s_corporation"), exempt("llc_c"), exempt("llc_s")]).not.toContain(false);
    expect(isExempt({ ...W9_OF_ADA, exemptCode: "5" })).toBe(true);
    expect(isExempt({ ...W9_OF_ADA, exemptCode: null })).toBe(false);
    expect(isExempt(W8_OF_BOB)).toBe(false);
  });

  it("W-8 holds to the end of the third calendar year, a W-9 until another is signed", () => {
    expect(validUntil("w8ben", "2026-01-01")).toBe("2029-12-31");
    expect(validUntil("w8bene", "2026-12-31")).toBe("2029-12-31");
    expect(validUntil("w9", "2026-01-01")).toBeNull();
    const on = (today: string) =>
      stateOf(
        { valid_until: "2029-12-31" },
        { today, expiringFrom: `${today.slice(0, 5)}${today.slice(5) > "11-01" ? "12-31" : "06-01"}` },
      );
    expect([on("2029-03-01"), on("2029-11-20"), on("2029-12-31"), on("2030-01-01")]).toEqual([
      "valid",
      "expiring",
      "expiring",
      "expired",
    ]);
  });

  it("that was never signed is missing, and one without an end holds on any day", () => {
    const days = { today: "2026-03-01", expiringFrom: "2026-04-30" };
    expect(stateOf(undefined, days)).toBe("missing");
    expect(stateOf({ valid_until: null }, days)).toBe("valid");
  });

  it("is asked for again from the first of the last days on, and not before", () => {
    const on = (expiringFrom: string) => stateOf({ valid_until: "2029-12-31" }, { today: "2029-10-01", expiringFrom });
    expect([on("2029-12-30"), on("2029-12-31"), on("2030-01-01")]).toEqual(["valid", "expiring", "expiring"]);
  });

  it.each([
    ["Straße", "Strasse"],
    ["Æsa Ærø", "AEsa AEro"],
    ["Ærlig æble", "AErlig aeble"],
    ["Ørsted Sørensen", "Orsted Sorensen"],
    ["Łukasz Michał", "Lukasz Michal"],
    ["“The” ‘Best’ʼs", "\"The\" 'Best''s"],
    ["Smith–Jones — Sons", "Smith-Jones - Sons"],
    ["  Ada \t  Lovelace\n", "Ada Lovelace"],
    ["A", "A"],
    ["7", "7"],
    ["'t Hooft", "'t Hooft"],
    ["(Ada) Lovelace Jr.", "(Ada) Lovelace Jr."],
  ])("bears the name %s as %s", (name, latin) => {
    expect(latinOf(name)).toBe(latin);
  });

  it.each([["Ada 王"], ["王 Ada"], ["A王da"], ["---"], ["."]])("cannot bear the name %s", (name) => {
    expect(latinOf(name)).toBeUndefined();
  });

  it("bears its name in the letters of the IRS, or says that it cannot", () => {
    expect(latinOf("José Ñandú-Škoda’s Æther")).toBe("Jose Nandu-Skoda's AEther");
    for (const name of ["王小明", "علي", "Ада", "", "  "]) expect(latinOf(name)).toBeUndefined();
  });
});

describe("the figures of a year", () => {
  it("are $600 up to 2025 and $2,000 in 2026; afterwards they are entered", () => {
    expect(figuresOf(2025, undefined)).toEqual({ threshold: 60_000n, isFinal: true, withholdingPpm: 240_000n });
    expect(figuresOf(2026, undefined)).toMatchObject({ threshold: 200_000n, isFinal: true });
    expect(figuresOf(2027, undefined)).toMatchObject({ threshold: 200_000n, isFinal: false });
    expect(figuresOf(2027, { threshold: 210_000n, withholding_ppm: null })).toMatchObject({
      threshold: 210_000n,
      isFinal: true,
    });
  });

  it("are due on the last of January, or the Monday after", () => {
    expect([dueOn(2025), dueOn(2026), dueOn(2027), dueOn(2028)]).toEqual([
      "2026-02-02",
      "2027-02-01",
      "2028-01-31",
      "2029-01-31",
    ]);
  });
});
