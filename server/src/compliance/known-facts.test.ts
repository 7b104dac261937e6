import { describe, expect, it } from "vitest";
import { birthFit, birthSpanOf } from "./birth-dates.ts";
import { isSameNumber, normalNumber, numbersIn } from "./identity-numbers.ts";
import { type AskedName, isAlert, searchFrom, subjectHash, subjectKey, subjectsOf, weigh } from "./screening-rules.ts";

const asked = (known: Partial<AskedName["known"]> = {}): AskedName => ({
  kind: "person",
  name: "Ada Lovelace",
  country: "GB",
  source: "profile",
  known: { birthDate: null, countries: [], numbers: [], key: null, ...known },
});
const entry = (of: { birthDates?: string[]; countries?: string[]; remarks?: string } = {}) => ({
  kind: "person" as const,
  countries: of.countries ?? [],
  birthDates: of.birthDates ?? [],
  remarks: of.remarks ?? null,
});

describe("a date of birth of the list", () => {
  it.each([
    ["28 Jul 1963", "1963-07-28", "1963-07-28"],
    ["1963-07-28", "1963-07-28", "1963-07-28"],
    ["Jul 1963", "1963-07-01", "1963-07-31"],
    ["Dec 1963", "1963-12-01", "1963-12-31"],
    ["1963", "1963-01-01", "1963-12-31"],
    ["circa 1957", "1955-01-01", "1959-12-31"],
    ["circa 1961-1963", "1959-01-01", "1965-12-31"],
    ["1961 to 1963", "1961-01-01", "1963-12-31"],
    ["01 Jan 1961 to 31 Dec 1962", "1961-01-01", "1962-12-31"],
    ["Sep 1961 to Feb 1962", "1961-09-01", "1962-02-28"],
  ])("%s leaves open %s to %s", (text, from, to) => {
    expect(birthSpanOf(text)).toEqual({ from, to });
  });

  it.each([
    ["to the day", "1963-07-28", ["28 Jul 1963"], "agrees"],
    ["to the day of any", "1963-07-28", ["1950", "28 Jul 1963"], "agrees"],
    ["within a year", "1963-07-28", ["1963"], "fits"],
    ["with day and month swapped", "1963-04-07", ["04 Jul 1963"], "fits"],
    ["within a circa", "1959-07-28", ["circa 1957"], "fits"],
    ["a few days beside", "1963-08-02", ["28 Jul 1963"], "near"],
    ["of another year", "1971-07-28", ["28 Jul 1963", "1965"], "differs"],
    ["beside one that cannot be read", "1971-07-28", ["28 Jul 1963", "the year of the flood"], "unknown"],
    ["of an entry without", "1971-07-28", [], "unknown"],
    ["that nobody has told", null, ["1963"], "unknown"],
  ] as const)("%s", (_what, born, listed, fit) => {
    expect(birthFit(born, listed)).toBe(fit);
  });
});

describe("a number of the list", () => {
  it("is read from the remarks with its country, and not what is nobody's number", () => {
    expect(
      numbersIn(
        "DOB 1957; Passport A-123.456 (Iran) expires 2020; alt. National ID No. 55 555 555 (VE); SSN 156-92-9858 (United States); " +
          "Tax ID No. 12-3; Phone Number 98212345678; Government Gazette Number 1037739 (Russia); NIT # 800123456-7 (Colombia).",
      ),
    ).toEqual([
      { number: "A123456", country: "IR" },
      { number: "55555555", country: "VE" },
      { number: "156929858", country: "US" },
      { number: "8001234567", country: "CO" },
    ]);
    expect(numbersIn(null)).toEqual([]);
  });

  it.each([
    ["Tax ID No. 32071216470 (Texas) (United States)", ["32071216470"], "US"],
    ["Tax ID No. 32071216470 (Georgia) (United States)", ["32071216470"], "US"],
    ["National ID No. D489833(9) (Hong Kong)", ["D4898339", "D489833"], "HK"],
    ["Passport C234897(0) (United Kingdom).", ["C2348970", "C234897"], "GB"],
    ["National ID No. 13/Ta Ta Na (Naing)019077 (Burma)", ["13TATANANAING019077"], "MM"],
    ["National ID No. (HWI)040182 (Burma)", ["HWI040182"], "MM"],
    ["Registration ID F.5 (29) AR-11/2002 (Pakistan)", ["F529AR112002"], "PK"],
    ["National ID No. CNIC: 35202-5400413-9 (Pakistan)", ["3520254004139"], "PK"],
    ["alt. Passport Booklet: A5199819 (Pakistan)", ["A5199819"], "PK"],
    ["Tax ID No. 32 071 216", ["32071216"], null],
    ["R.F.C. # IEV-950628 (Mexico).", ["IEV950628"], "MX"],
    ["Passport #H0044232 (Iraq).", ["H0044232"], "IQ"],
    ["Passport A1234567 (Iran) issued 02 Mar 2010 expires 2020", ["A1234567"], "IR"],
  ])("is read as OFAC writes %s", (remark, numbers, country) => {
    expect(numbersIn(remark)).toEqual(numbers.map((number) => ({ number, country })));
  });

  it("is one with another that is written in another way, and of no other country", () => {
    const number = normalNumber("800.123.456/7") ?? "";
    expect(isSameNumber({ number, country: null }, { number: "8001234567", country: "CO" })).toBe(true);
    expect(isSameNumber({ number, country: "MX" }, { number: "8001234567", country: "CO" })).toBe(false);
    expect(normalNumber("12345")).toBeNull();
  });
});

describe("what is known of a partner besides its name", () => {
  const differing = { birthDate: "1990-01-01", countries: ["GB"] };

  it("takes no match away, however much differs; it is looked at later", () => {
    const plain = weigh(0.95, asked(), entry({ birthDates: ["1957"], countries: ["IR"] }));
    const other = weigh(0.95, asked(differing), entry({ birthDates: ["1957"], countries: ["IR"] }));
    expect(other.score).toBe(plain.score);
    expect(isAlert(other, 0.9)).toBe(isAlert(plain, 0.9));
    expect(other).toMatchObject({ birthDate: "differs", countryDiffers: true });
    expect(other.rank ?? 1).toBeLessThan(plain.rank ?? 0);
  });

  it("brings a name that is less alike before people where the day of birth agrees, and any name where a number does", () => {
    const born = asked({ birthDate: "1957-03-01" });
    expect(searchFrom([asked(), born], 0.9)).toBeCloseTo(0.85);
    expect(searchFrom([asked()], 0.9)).toBe(0.9);
    const listed = entry({ birthDates: ["01 Mar 1957"], countries: ["GB"] });
    expect(isAlert(weigh(0.86, born, listed), 0.9)).toBe(true);
    expect(isAlert(weigh(0.86, born, entry({ birthDates: ["1957"] })), 0.9)).toBe(false);
    expect(isAlert(weigh(0.84, born, listed), 0.9)).toBe(false);
    const numbered = asked({ numbers: [{ number: "A123456", country: null }] });
    const weight = weigh(0, numbered, entry({ remarks: "Passport A123456 (Iran)." }));
    expect(weight).toMatchObject({ numberAgrees: true, rank: 1 });
    expect(isAlert(weight, 1)).toBe(true);
  });

  it("is compared with those alone of whom the form speaks", () => {
    const form = {
      ...asked({ birthDate: "1957-03-01", key: "k" }).known,
      isIndividual: true,
      name: "Ada King",
      businessName: "Ada Ltd",
    };
    const subjects = subjectsOf({
      personName: "Ada Lovelace",
      companyName: "ADA LTD",
      country: "GB",
      form,
      holders: ["Somebody Else"],
    });
    expect(subjects.map(({ kind, name, source, known }) => [kind, name, source, known.birthDate])).toEqual([
      ["person", "Ada Lovelace", "profile", "1957-03-01"],
      ["organisation", "ADA LTD", "profile", null],
      ["person", "Ada King", "tax_form", "1957-03-01"],
      ["either", "Somebody Else", "payout_account", "1957-03-01"],
    ]);
  });

  const OF = { nameKey: Buffer.alloc(32, 1), tenantId: "t" };

  it("is what a clearing holds for, together with the name; and another form or account is compared anew", () => {
    expect(subjectKey(OF, asked({ key: "one" }))).not.toBe(subjectKey(OF, asked({ key: "other" })));
    expect(subjectKey(OF, asked({ key: "one" }))).not.toBe(subjectKey(OF, asked()));
    const facts = { personName: "Ada", companyName: null, country: "GB", formId: "f", accountRevision: "a" };
    for (const change of [{ formId: "g" }, { accountRevision: "b" }, { formId: null }])
      expect(subjectHash(OF, { ...facts, ...change }, 0.9)).not.toBe(subjectHash(OF, facts, 0.9));
    // A dictionary of names is of no use without the key, nor what one tenant's hashes say of another's.
    for (const change of [{ nameKey: Buffer.alloc(32, 2) }, { tenantId: "u" }]) {
      expect(subjectKey({ ...OF, ...change }, asked())).not.toBe(subjectKey(OF, asked()));
      expect(subjectHash({ ...OF, ...change }, facts, 0.9)).not.toBe(subjectHash(OF, facts, 0.9));
    }
  });
});
