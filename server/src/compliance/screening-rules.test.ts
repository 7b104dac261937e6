import { describe, expect, it } from "vitest";
import type { EntryKind } from "./ofac-entry.ts";
import {
  type AskedName,
  decideCase,
  decideStanding,
  isAlert,
  type KnownFacts,
  nameHash,
  type Standing,
  searchFrom,
  subjectHash,
  subjectKey,
  subjectsOf,
  type Vote,
  weigh,
} from "./screening-rules.ts";

const vote = (userId: string, verdict: Vote["verdict"]): Vote => ({ userId, verdict });

const OF = { nameKey: Buffer.alloc(32, 1), tenantId: "t" };
const UNKNOWN: KnownFacts = { birthDate: null, countries: [], numbers: [], key: null };

const asked = (known: Partial<KnownFacts> = {}): AskedName => ({
  kind: "person",
  name: "Ada Lovelace",
  country: "GB",
  source: "profile",
  known: { ...UNKNOWN, ...known },
});
const entry = (of: { kind?: EntryKind; birthDates?: string[]; countries?: string[]; remarks?: string } = {}) => ({
  kind: "person" as const,
  countries: [],
  birthDates: [],
  remarks: null,
  ...of,
});

describe("a case", () => {
  it.each<[string, Vote[], string]>([
    ["nobody has decided is open", [], "open"],
    ["one person has cleared is open", [vote("a", "clear")], "open"],
    ["one person has cleared twice is open", [vote("a", "clear"), vote("a", "clear")], "open"],
    ["two people have cleared is cleared", [vote("a", "clear"), vote("b", "clear")], "cleared"],
    ["one person has confirmed is open", [vote("a", "confirm")], "open"],
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
  const born = { birthDate: "1957-03-01", countries: [], numbers: [], key: "k" };
  const form = { ...born, isIndividual: true, name: "Ada King", businessName: "Ada Works" };

  it("is the person and the company; a partner without a name has one that nobody can read", () => {
    expect(subjectsOf({ ...facts, personName: " Ada Lovelace " })).toEqual([
      { kind: "person", name: "Ada Lovelace", country: "GB", source: "profile", known: UNKNOWN },
      { kind: "organisation", name: "Ada Ltd", country: "GB", source: "profile", known: UNKNOWN },
    ]);
    expect(subjectsOf({ ...facts, personName: " ", companyName: null, country: null })).toEqual([
      { kind: "person", name: "", country: null, source: "profile", known: UNKNOWN },
    ]);
  });

  it("is a name that nobody can read with what the form says, where the form has no name either", () => {
    const nameless = { ...form, name: " ", businessName: null };
    expect(subjectsOf({ ...facts, personName: null, companyName: null, form: nameless })).toEqual([
      { kind: "person", name: "", country: "GB", source: "profile", known: nameless },
    ]);
  });

  it("is whoever one of the accounts bears the name of, each once", () => {
    const holders = ["Ada Lovelace", "Pendragon Freight Ltd", "pendragon freight ltd", "Mina Quimby", "ADA LTD"];
    expect(subjectsOf({ ...facts, holders }).map(({ kind, name, source }) => [kind, name, source])).toEqual([
      ["person", "Ada Lovelace", "profile"],
      ["organisation", "Ada Ltd", "profile"],
      ["either", "Pendragon Freight Ltd", "payout_account"],
      ["either", "Mina Quimby", "payout_account"],
    ]);
  });

  it("is a company that bears the name of its owner, besides the owner", () => {
    expect(subjectsOf({ ...facts, companyName: "Ada Lovelace" }).map(({ kind }) => kind)).toEqual([
      "person",
      "organisation",
    ]);
  });

  const known = (of: Parameters<typeof subjectsOf>[0]) =>
    subjectsOf(of).map(({ kind, name, source, known: { birthDate } }) => [kind, name, source, birthDate]);

  it("is compared with the facts of the form where the form of a person speaks of it, or an account may be that person's", () => {
    expect(known({ ...facts, form, holders: ["Somebody Else"] })).toEqual([
      ["person", "Ada Lovelace", "profile", "1957-03-01"],
      ["organisation", "Ada Ltd", "profile", null],
      ["person", "Ada King", "tax_form", "1957-03-01"],
      ["organisation", "Ada Works", "tax_form", null],
      ["either", "Somebody Else", "payout_account", "1957-03-01"],
    ]);
  });

  it("is compared with the facts of the form of an organisation where it is one, and not where it is a person", () => {
    expect(
      known({ ...facts, form: { ...form, isIndividual: false, businessName: "ada ltd" }, holders: ["X"] }),
    ).toEqual([
      ["person", "Ada Lovelace", "profile", null],
      ["organisation", "Ada Ltd", "profile", "1957-03-01"],
      ["organisation", "Ada King", "tax_form", "1957-03-01"],
      ["either", "X", "payout_account", "1957-03-01"],
    ]);
  });

  const compared = { personName: "Ada", companyName: "Ada Ltd", country: "GB", formId: "f", accountRevision: "a" };

  it.each<[string, Partial<typeof compared>]>([
    ["name", { personName: "Ada King" }],
    ["company", { companyName: "Ada Works" }],
    ["country", { country: "US" }],
    ["form", { formId: "g" }],
    ["account", { accountRevision: "b" }],
  ])("is compared anew with another %s", (_what, change) => {
    expect(subjectHash(OF, { ...compared, ...change }, 0.9)).not.toBe(subjectHash(OF, compared, 0.9));
  });

  it("is compared anew with another threshold, and not anew with the same", () => {
    expect(subjectHash(OF, compared, 0.92)).not.toBe(subjectHash(OF, compared, 0.9));
    expect(subjectHash({ ...OF }, { ...compared }, 0.9)).toBe(subjectHash(OF, compared, 0.9));
  });
});

describe("a clearing", () => {
  const subject: AskedName = asked({ key: "one" });

  it.each<[string, Partial<AskedName>]>([
    ["kind", { kind: "organisation" }],
    ["name", { name: "Ada King" }],
    ["country", { country: "US" }],
    ["date of birth, country or number", { known: { ...UNKNOWN, key: "other" } }],
    ["form than none", { known: UNKNOWN }],
  ])("holds for no other %s", (_what, change) => {
    expect(subjectKey(OF, { ...subject, ...change })).not.toBe(subjectKey(OF, subject));
  });

  it("of a name of which nothing more is known is kept by the same hash in every release", () => {
    expect(subjectKey(OF, asked())).toBe("b3b27729d5072a0ba204c8d98dd39b85fccaf3d46f4439e6b43eea192c1968e9");
  });

  it("holds for the same name wherever the partner has given it", () => {
    expect(subjectKey(OF, { ...subject, source: "payout_account" })).toBe(subjectKey(OF, subject));
  });
});

describe("a hash of a name", () => {
  it("tells nobody a name without the key, nor what one tenant's hashes say of another's", () => {
    const hash = nameHash(OF, "Ada");
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(nameHash(OF, "Ada")).toBe(hash);
    for (const other of [
      { ...OF, nameKey: Buffer.alloc(32, 2) },
      { ...OF, tenantId: "u" },
    ])
      expect(nameHash(other, "Ada")).not.toBe(hash);
  });
});

describe("what is known of a partner besides its name", () => {
  const person = asked();

  it("weighs less with another country or kind, and the same where nothing is known", () => {
    const against = (kind: EntryKind, countries: string[]) => weigh(0.95, person, entry({ kind, countries })).score;
    expect(against("person", ["GB", "IR"])).toBe(0.95);
    expect(against("person", [])).toBe(0.95);
    expect(against("person", ["IR"])).toBeCloseTo(0.93);
    expect(against("organisation", ["GB"])).toBeCloseTo(0.93);
    expect(against("organisation", ["IR"])).toBeCloseTo(0.91);
    expect(weigh(0.95, { ...person, kind: "either" }, entry({ kind: "organisation" })).score).toBe(0.95);
    expect(weigh(0.95, { ...person, country: null }, entry({ countries: ["IR"] })).score).toBe(0.95);
  });

  it("is said beside the score: which of country, kind, birth and number agree and differ", () => {
    expect(weigh(0.95, person, entry({ countries: ["GB"] }))).toMatchObject({
      countryAgrees: true,
      countryDiffers: false,
      kindDiffers: false,
      birthDate: "unknown",
      numberAgrees: false,
    });
    expect(weigh(0.95, person, entry({ kind: "vessel", countries: ["IR"] }))).toMatchObject({
      countryAgrees: false,
      countryDiffers: true,
      kindDiffers: true,
    });
    const nowhere = { countryAgrees: false, countryDiffers: false };
    expect(weigh(0.95, person, entry())).toMatchObject(nowhere);
    expect(weigh(0.95, { ...person, country: null }, entry({ countries: ["IR"] }))).toMatchObject(nowhere);
  });

  it("agrees in country where any country of the partner is one of the entry", () => {
    const citizen = { ...asked({ countries: ["DE", "IR"] }), country: "GB" };
    expect(weigh(0.95, citizen, entry({ countries: ["IR"] })).countryAgrees).toBe(true);
    expect(weigh(0.95, { ...citizen, country: null }, entry({ countries: ["IR"] })).countryAgrees).toBe(true);
    expect(weigh(0.95, { ...person, known: UNKNOWN }, entry({ countries: ["IR"] })).countryAgrees).toBe(false);
  });

  it("agrees in number where any number of the partner is one of the entry, and not by a number of another country", () => {
    const numbered = asked({ numbers: ["A123456", "B123456"].map((number) => ({ number, country: "IR" })) });
    const of = (remarks: string) => weigh(0.5, numbered, entry({ remarks })).numberAgrees;
    expect(of("Passport X999999 (Iran); Passport B123456 (Iran).")).toBe(true);
    expect(of("Passport B123456 (Cuba).")).toBe(false);
    expect(of("DOB 1957.")).toBe(false);
  });

  it("is nothing where the name could not be compared or the entry is gone, and people look at it", () => {
    for (const weight of [weigh(null, person, entry()), weigh(0.95, person, null)]) {
      expect(weight).toMatchObject({ score: null, rank: null, countryAgrees: false, countryDiffers: false });
      expect(weight).toMatchObject({ kindDiffers: false, birthDate: "unknown", numberAgrees: false });
      expect(isAlert(weight, 1)).toBe(true);
    }
  });

  it("sets the order in which people look: born that day, in that time, near it or unknown, otherwise", () => {
    const rank = (...birthDates: string[]) =>
      weigh(0.9, asked({ birthDate: "1957-03-01" }), entry({ birthDates })).rank;
    const ranks = [rank("01 Mar 1957"), rank("1957"), rank("1958"), rank(), rank("1971")];
    expect(ranks.map((one) => one?.toFixed(2))).toEqual(["0.95", "0.92", "0.90", "0.90", "0.80"]);
    const here = weigh(0.9, person, entry({ countries: ["GB"] })).rank;
    expect(here).toBeCloseTo(0.91);
  });

  it("brings who has the very number first, however unlike the names, and leaves every rank and score within 0 and 1", () => {
    const numbered = asked({ numbers: [{ number: "A123456", country: null }] });
    expect(weigh(0, numbered, entry({ remarks: "Passport A123456 (Iran)." }))).toMatchObject({ score: 0, rank: 1 });
    const birthDates = ["01 Mar 1957"];
    expect(weigh(1, asked({ birthDate: "1957-03-01" }), entry({ birthDates })).rank).toBe(1);
    expect(weigh(0.01, asked({ birthDate: "1990-01-01" }), entry({ countries: ["IR"], birthDates }))).toMatchObject({
      score: 0,
      rank: 0,
    });
  });

  it("takes no match away, however much differs; it is looked at later", () => {
    const listed = entry({ birthDates: ["1957"], countries: ["IR"] });
    const plain = weigh(0.95, person, listed);
    const other = weigh(0.95, asked({ birthDate: "1990-01-01", countries: ["GB"] }), listed);
    expect(other.score).toBe(plain.score);
    expect(isAlert(other, 0.9)).toBe(true);
    expect(other).toMatchObject({ birthDate: "differs", countryDiffers: true });
    expect(other.rank ?? 1).toBeLessThan(plain.rank ?? 0);
  });
});

describe("people look at a match", () => {
  const weight = weigh(0.9, asked(), entry());

  it("from the threshold on, and not below it", () => {
    expect(isAlert({ ...weight, score: 0.9 }, 0.9)).toBe(true);
    expect(isAlert({ ...weight, score: 0.899 }, 0.9)).toBe(false);
  });

  it("of names that are less alike where the day of birth agrees, and only to the day", () => {
    const born = { ...weight, birthDate: "agrees" } as const;
    expect(isAlert({ ...born, score: 0.86 }, 0.9)).toBe(true);
    expect(isAlert({ ...born, score: 0.84 }, 0.9)).toBe(false);
    expect(isAlert({ ...born, score: 0.86, birthDate: "fits" }, 0.9)).toBe(false);
  });

  it("at every threshold that can be set when it is reached to the thousandth, whatever was taken off, and at none above", () => {
    const listed = (kind: "person" | "organisation", birthDates: string[]) =>
      entry({ kind, countries: ["IR"], birthDates });
    const born = asked({ birthDate: "1957-03-01", countries: ["GB"] });
    for (let thousandths = 800; thousandths <= 1_000; thousandths += 1)
      for (const [found, takenOff] of [
        [listed("person", []), 20],
        [listed("organisation", []), 40],
        [listed("person", ["01 Mar 1957"]), -30],
        [listed("organisation", ["01 Mar 1957"]), -10],
      ] as const) {
        if (thousandths + takenOff > 1_000) continue;
        const reached = weigh((thousandths + takenOff) / 1_000, born, found);
        expect([thousandths, takenOff, isAlert(reached, thousandths / 1_000)]).toEqual([thousandths, takenOff, true]);
        expect(isAlert(reached, (thousandths + 1) / 1_000)).toBe(false);
        expect(searchFrom([born], thousandths / 1_000)).toBeLessThanOrEqual((thousandths + takenOff) / 1_000);
      }
  });

  it("of any names where a number agrees", () => {
    expect(isAlert({ ...weight, score: 0, numberAgrees: true }, 1)).toBe(true);
  });

  it("that the search has found: it goes as low as any date of birth may bring up", () => {
    const born = asked({ birthDate: "1957-03-01" });
    expect(searchFrom([asked(), born], 0.9)).toBe(0.85);
    expect(searchFrom([asked()], 0.9)).toBe(0.9);
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
    ["of who was compared with a newer list than is in force", { screenedThrough: 4n }],
    ["of who is of a country that is not blocked, by its form, too", { country: "US", formCountry: "GB" }],
    ["on the last moment of a list", { list: { version: 3n, confirmedAt: new Date("2026-03-03T00:00:00.001Z") } }],
  ])("leaves %s", (_what, change) => {
    expect(decideStanding({ ...clear, ...change }, now)).toEqual({ allowed: true });
  });

  it.each<[string, Partial<Standing>, string]>([
    ["there is no list", { list: undefined }, "there is no list to compare with"],
    [
      "the list is too old",
      { list: { version: 3n, confirmedAt: new Date("2026-03-03T00:00:00Z") } },
      "the list was last confirmed on 2026-03-03 and is too old",
    ],
    [
      "the partner was never compared",
      { screenedThrough: undefined },
      "the partner's names are not compared with the newest list yet",
    ],
    [
      "the partner was compared with the list before",
      { screenedThrough: 2n },
      "the partner's names are not compared with the newest list yet",
    ],
    ["a case is open", { openCase: "open" }, "a possible match waits for two people"],
    ["a case is open and screening was turned off after it", { openCase: "open", settings: off }, "waits"],
    ["two people differ", { openCase: "escalated" }, "a possible match waits for two people"],
    [
      "the country is not known and some are blocked",
      { country: null },
      "the partner's country is not known, and some countries are blocked",
    ],
  ])("waits where %s", (_what, change, reason) => {
    expect(decideStanding({ ...clear, ...change }, now)).toEqual({
      allowed: false,
      reason: expect.stringMatching(`^Sanctions: .*${reason}`),
    });
  });

  it.each<[string, Partial<Standing>, string]>([
    ["a match was confirmed", { openCase: "confirmed" }, "two people have confirmed a match with the list"],
    [
      "a match was confirmed and screening turned off after it",
      { openCase: "confirmed", settings: off },
      "two people have confirmed a match with the list",
    ],
    ["the country is blocked", { country: "IR" }, "the partner's country is blocked"],
    [
      "the country of the tax form is blocked",
      { formCountry: "IR" },
      "the country of the partner's tax form is blocked",
    ],
  ])("is refused for good where %s", (_what, change, reason) => {
    expect(decideStanding({ ...clear, ...change }, now)).toEqual({
      allowed: false,
      reason: `Sanctions: ${reason}`,
      isLasting: true,
    });
  });
});
