import { describe, expect, it } from "vitest";
import { LICENCE } from "../../test/kit/fee-terms.ts";
import {
  invoiceTotal,
  lineAmount,
  linesOfCards,
  linesOfMonth,
  monthOf,
  nextPeriod,
  openOf,
  stateOf,
  termsDay,
} from "./fee-rules.ts";

const month = {
  terms: LICENCE,
  periodStart: "2026-03-01",
  supportFrom: null,
  chargedOnce: new Set<string>(),
  usages: [],
};
const kinds = (facts: Partial<Parameters<typeof linesOfMonth>[0]>) =>
  linesOfMonth({ ...month, ...facts }).map(({ kind, quantity, unitAmount }) => [kind, quantity, unitAmount]);

describe("what a month owes", () => {
  it("is the set-up once and the licence each month", () => {
    expect(kinds({})).toEqual([
      ["setup", 1, 50_000n],
      ["licence", 1, 10_000n],
    ]);
    expect(kinds({ chargedOnce: new Set(["setup"]) })).toEqual([["licence", 1, 10_000n]]);
  });

  it("is the integration once, whether or not the set-up was charged before it", () => {
    const terms = { ...LICENCE, mode: "share", integrationFee: 7_000n } as const;
    const integration = ["integration", 1, 7_000n];
    expect(kinds({ terms })).toEqual([["setup", 1, 50_000n], integration]);
    expect(kinds({ terms, chargedOnce: new Set(["setup"]) })).toEqual([integration]);
    expect(kinds({ terms, chargedOnce: new Set(["integration"]) })).toEqual([["setup", 1, 50_000n]]);
    expect(kinds({ terms, chargedOnce: new Set(["setup", "integration"]) })).toEqual([]);
  });

  it("says on each line what it is for, and of what is owed monthly from which day on", () => {
    const lines = linesOfMonth({
      ...month,
      terms: { ...LICENCE, integrationFee: 7_000n },
      supportFrom: "2026-01-01",
      usages: [{ reference: "metal", quantity: 3 }],
    });
    expect(lines.map(({ description }) => description)).toEqual([
      "Set-up",
      "Integration",
      "Licence, month from 2026-03-01",
      "Support, month from 2026-03-01",
      "Card product metal",
    ]);
  });

  it("is no line of zero, not even of cards", () => {
    const terms = { ...LICENCE, setupFee: 0n, monthlyLicense: 0n, supportFee: 0n, customCardFee: 0n };
    expect(kinds({ terms, supportFrom: "2026-01-01", usages: [{ reference: "metal", quantity: 3 }] })).toEqual([]);
    expect(kinds({ terms: { ...terms, monthlyLicense: 1n } })).toEqual([["licence", 1, 1n]]);
  });

  it("is no licence in mode share", () => {
    expect(kinds({ terms: { ...LICENCE, mode: "share", setupFee: 0n } })).toEqual([]);
  });

  it("is support from the day on which it was ordered, and each card product", () => {
    const chargedOnce = new Set(["setup"]);
    const usages = [{ reference: "metal", quantity: 3 }];
    expect(kinds({ chargedOnce, supportFrom: "2026-03-02" })).toEqual([["licence", 1, 10_000n]]);
    expect(kinds({ chargedOnce, supportFrom: "2026-02-15" })).toContainEqual(["support", 1, 2_000n]);
    expect(kinds({ chargedOnce, supportFrom: "2026-03-01", usages })).toEqual([
      ["licence", 1, 10_000n],
      ["support", 1, 2_000n],
      ["card", 3, 5_000n],
    ]);
  });
});

describe("what cards owe", () => {
  it("is each product times its quantity, whatever else is owed", () => {
    const lines = linesOfCards({ customCardFee: 5_000n }, [
      { reference: "metal", quantity: 3 },
      { reference: "wood", quantity: 1 },
    ]);
    expect(lines.map((line) => [line.kind, line.description, lineAmount(line)])).toEqual([
      ["card", "Card product metal", 15_000n],
      ["card", "Card product wood", 5_000n],
    ]);
    expect(linesOfCards({ customCardFee: 5_000n }, [])).toEqual([]);
  });
});

describe("months", () => {
  it("are counted from the first: after the end of February comes the last of March", () => {
    expect(nextPeriod("2026-01-31", "2026-01-31")).toBe("2026-02-28");
    expect(nextPeriod("2026-01-31", "2026-02-28")).toBe("2026-03-31");
    expect(nextPeriod("2026-11-15", "2026-12-15")).toBe("2027-01-15");
    expect(nextPeriod("2026-11-15", "2028-01-15")).toBe("2028-02-15");
  });

  it("are owed from their first day, up to the end of the agreement, which is over on its day", () => {
    const ends = { next_on: "2026-03-01", ends_on: "2026-03-01" };
    expect(monthOf({ ...ends, ends_on: null }, "2026-02-28")).toBe("ahead");
    expect(monthOf({ ...ends, ends_on: null }, "2026-03-01")).toBe("begun");
    expect(monthOf({ ...ends, ends_on: "2026-03-02" }, "2026-03-01")).toBe("begun");
    expect(monthOf({ ...ends, ends_on: "2026-03-02" }, "2026-02-28")).toBe("ahead");
    expect(monthOf({ ...ends, ends_on: "2026-02-15" }, "2026-02-15")).toBe("over");
    expect(monthOf({ ...ends, ends_on: "2026-02-15" }, "2026-02-14")).toBe("ahead");
    expect(monthOf(ends, "2026-03-01")).toBe("over");
  });
});

describe("terms", () => {
  it("are those of the month's first day; after the end those of the last day; and never those of a day ahead", () => {
    expect(termsDay({ next_on: "2026-02-15", ends_on: null }, "2026-03-01")).toBe("2026-02-15");
    expect(termsDay({ next_on: "2026-02-15", ends_on: "2026-03-01" }, "2026-03-05")).toBe("2026-02-15");
    expect(termsDay({ next_on: "2026-02-15", ends_on: "2026-02-01" }, "2026-02-11")).toBe("2026-01-31");
    expect(termsDay({ next_on: "2026-02-15", ends_on: "2026-02-15" }, "2026-03-01")).toBe("2026-02-14");
    expect(termsDay({ next_on: "2026-02-15", ends_on: null }, "2026-02-01")).toBe("2026-02-01");
  });
});

describe("an invoice", () => {
  it("has a largest total", () => {
    const line = { kind: "other" as const, description: "", quantity: 2, unitAmount: 50_000_000_000_000n };
    expect(invoiceTotal([line])).toBe(100_000_000_000_000n);
    expect(invoiceTotal([line, { ...line, quantity: 1, unitAmount: 1n }])).toBeUndefined();
    expect(invoiceTotal([])).toBe(0n);
  });

  it("has open what was neither paid, set off nor credited", () => {
    expect(openOf({ total: 100n, paid: 40n, set_off: 25n, credited: 15n })).toBe(20n);
    expect(openOf({ total: 100n, paid: 60n, set_off: 25n, credited: 15n })).toBe(0n);
  });

  it("is overdue after its day alone, and while something is open", () => {
    expect(stateOf(1n, "2026-03-01", "2026-03-01")).toBe("open");
    expect(stateOf(1n, "2026-03-01", "2026-03-02")).toBe("overdue");
    expect(stateOf(0n, "2026-03-01", "2026-03-02")).toBe("settled");
    expect(stateOf(0n, "2026-03-01", "2026-03-01")).toBe("settled");
  });
});
