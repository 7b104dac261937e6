import { describe, expect, it } from "vitest";
import { birthFit, birthSpanOf } from "./birth-dates.ts";
import { isSameNumber, normalNumber, numbersIn } from "./identity-numbers.ts";

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
