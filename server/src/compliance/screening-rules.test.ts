import { describe, expect, it } from "vitest";
import {
  decideCase,
  decideStanding,
  type Standing,
  subjectHash,
  subjectKey,
  subjectsOf,
  type Vote,
  weigh,
} from "./screening-rules.ts";

const vote = (userId: string, verdict: Vote["verdict"]): Vote => ({ userId, verdict });

const OF = { nameKey: Buffer.alloc(32, 1), tenantId: "t" };

describe("a case", () => {
  it.each<[string, Vote[], string]>([
    ["nobody has decided is open", [], "open"],
    ["one person has cleared is open", [vote("a", "clear")], "open"],
    ["one person has cleared twice is open", [vote("a", "clear"), vote("a", "clear")], "open"],
    ["two people have cleared is cleared", [vote("a", "clear"), vote("b", "clear")], "cleared"],
    ["two people have confirmed is confirmed", [vote("a", "confirm"), vote("b", "confirm")], "confirmed"],
    ["two people differ about is escalated", [vote("a", "clear"), vote("b", "confirm")], "escalated"],
    [
      "two outvote a third about stays escalated",
      [vote("a", "clear"), vote("b", "confirm"), vote("c", "clear")],
      "escalated",
    ],
    [
      "one person has changed their mind about is decided by their last word",
      [vote("a", "clear"), vote("b", "confirm"), vote("b", "clear")],
      "cleared",
    ],
  ])("that %s", (_what, votes, status) => {
    expect(decideCase(votes)).toBe(status);
  });
});

describe("what is compared", () => {
  const facts = { personName: "Ada Lovelace", companyName: "Ada Ltd", country: "GB", form: null, holders: [] };
  const known = { birthDate: null, countries: [], numbers: [], key: null };

  it("is the person and the company; a partner without a name has one that nobody can read", () => {
    expect(subjectsOf(facts).map(({ kind, name }) => [kind, name])).toEqual([
      ["person", "Ada Lovelace"],
      ["organisation", "Ada Ltd"],
    ]);
    expect(subjectsOf({ ...facts, personName: " ", companyName: null, country: null })).toEqual([
      { kind: "person", name: "", country: null, source: "profile", known },
    ]);
  });

  it("is whoever one of the accounts bears the name of, each once", () => {
    const holders = ["Ada Lovelace", "Pendragon Freight Ltd", "pendragon freight ltd", "Mina Quimby"];
    expect(subjectsOf({ ...facts, holders }).map(({ name, source }) => [name, source])).toEqual([
      ["Ada Lovelace", "profile"],
      ["Ada Ltd", "profile"],
      ["Pendragon Freight Ltd", "payout_account"],
      ["Mina Quimby", "payout_account"],
    ]);
  });

  it("is another thing with another name, country or threshold", () => {
    const compared = { ...facts, formId: null, accountRevision: null };
    const hash = subjectHash(OF, compared, 0.9);
    for (const other of [{ personName: "Ada King" }, { companyName: null }, { country: "US" }])
      expect(subjectHash(OF, { ...compared, ...other }, 0.9)).not.toBe(hash);
    expect(subjectHash(OF, compared, 0.92)).not.toBe(hash);
    const subject = { name: "A", country: null, source: "profile", known } as const;
    expect(subjectKey(OF, { kind: "person", ...subject })).not.toBe(
      subjectKey(OF, { kind: "organisation", ...subject }),
    );
  });

  it("weighs less of another country or kind, and the same where nothing is known", () => {
    const subject = { kind: "person", name: "A", country: "GB", source: "profile", known } as const;
    const entry = (kind: "person" | "organisation", countries: string[]) => ({
      kind,
      countries,
      birthDates: [],
      remarks: null,
    });
    const against = (kind: "person" | "organisation", countries: string[]) =>
      weigh(0.95, subject, entry(kind, countries)).score;
    expect(against("person", ["GB", "IR"])).toBe(0.95);
    expect(against("person", [])).toBe(0.95);
    expect(against("person", ["IR"])).toBeCloseTo(0.93);
    expect(against("organisation", ["IR"])).toBeCloseTo(0.91);
    expect(weigh(0.95, { ...subject, kind: "either" }, entry("organisation", [])).score).toBe(0.95);
    expect(weigh(0.95, { ...subject, country: null }, entry("person", ["IR"])).score).toBe(0.95);
  });
});

describe("money", () => {
  const now = new Date("2026-03-10T00:00:00Z");
  const clear: Standing = {
    settings: { isEnabled: true, listMaxAgeDays: 7, blockedCountries: ["IR"] },
    list: { version: 3n, confirmedAt: new Date("2026-03-09T00:00:00Z") },
    openCase: undefined,
    country: "GB",
    formCountry: null,
    screenedThrough: 3n,
  };
  const off = { ...clear.settings, isEnabled: false };

  it.each<[string, Partial<Standing>]>([
    ["of who is compared with the newest list", {}],
    ["without screening", { settings: off, list: undefined, screenedThrough: undefined }],
    [
      "of who says no country, where none is blocked",
      { country: null, settings: { ...clear.settings, blockedCountries: [] } },
    ],
    ["on the last moment of a list", { list: { version: 3n, confirmedAt: new Date("2026-03-03T00:00:00.001Z") } }],
  ])("leaves %s", (_what, change) => {
    expect(decideStanding({ ...clear, ...change }, now)).toEqual({ allowed: true });
  });

  it.each<[string, Partial<Standing>, RegExp]>([
    ["there is no list", { list: undefined }, /no list/],
    ["the list is too old", { list: { version: 3n, confirmedAt: new Date("2026-03-03T00:00:00Z") } }, /too old/],
    ["the partner was never compared", { screenedThrough: undefined }, /not compared/],
    ["the partner was compared with the list before", { screenedThrough: 2n }, /not compared/],
    ["a case is open", { openCase: "open" }, /waits/],
    ["two people differ", { openCase: "escalated" }, /waits/],
    ["a match was confirmed", { openCase: "confirmed" }, /confirmed/],
    ["a match was confirmed and screening turned off after it", { openCase: "confirmed", settings: off }, /confirmed/],
    ["the country is blocked", { country: "IR" }, /country is blocked/],
    ["the country of the tax form is blocked", { formCountry: "IR" }, /tax form is blocked/],
    ["the country is not known and some are blocked", { country: null }, /country is not known/],
  ])("is held where %s", (_what, change, reason) => {
    expect(decideStanding({ ...clear, ...change }, now)).toMatchObject({
      allowed: false,
      reason: expect.stringMatching(reason),
    });
  });
});
