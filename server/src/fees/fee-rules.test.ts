import { describe, expect, it } from "vitest";
import { LICENCE } from "../../test/kit/fees.ts";
import { invoiceTotal, linesOfMonth, monthOf, nextPeriod, stateOf, termsDay } from "./fee-rules.ts";

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

  it("is no licence in mode share", () => {
    expect(kinds({ terms: { ...LICENCE, mode: "share", setupFee: 0n } })).toEqual([]);
  });

  it("is support from the day on which it was ordered, and each card product", () => {
    const chargedOnce = new Set(["setup"]);
    const usages = [{ reference: "metal", quantity: 3 }];
    expect(kinds({ chargedOnce, supportFrom: "2026-03-02" })).toEqual([["licence", 1, 10_000n]]);
    expect(kinds({ chargedOnce, supportFrom: "2026-03-01", usages })).toEqual([
      ["licence", 1, 10_000n],
      ["support", 1, 2_000n],
      ["card", 3, 5_000n],
    ]);
  });
});

describe("months", () => {
  it("are counted from the first: after the end of February comes the last of March", () => {
    expect(nextPeriod("2026-01-31", "2026-01-31")).toBe("2026-02-28");
    expect(nextPeriod("2026-01-31", "2026-02-28")).toBe("2026-03-31");
    expect(nextPeriod("2026-11-15", "2026-12-15")).toBe("2027-01-15");
  });

  it("are owed from their first day, up to the end of the agreement, which is over on its day", () => {
    const ends = { next_on: "2026-03-01", ends_on: "2026-03-01" };
    expect(monthOf({ ...ends, ends_on: null }, "2026-02-28")).toBe("ahead");
    expect(monthOf({ ...ends, ends_on: "2026-03-02" }, "2026-03-01")).toBe("begun");
    expect(monthOf({ ...ends, ends_on: "2026-02-15" }, "2026-02-14")).toBe("ahead");
    expect(monthOf(ends, "2026-03-01")).toBe("over");
  });
});

describe("terms", () => {
  it("are those of the month's first day; after the end those of the last day; and never those of a day ahead", () => {
    expect(termsDay({ next_on: "2026-02-15", ends_on: null }, "2026-03-01")).toBe("2026-02-15");
    expect(termsDay({ next_on: "2026-02-15", ends_on: "2026-03-01" }, "2026-03-05")).toBe("2026-02-15");
    expect(termsDay({ next_on: "2026-02-15", ends_on: "2026-02-01" }, "2026-02-11")).toBe("2026-01-31");
    expect(termsDay({ next_on: "2026-02-15", ends_on: null }, "2026-02-01")).toBe("2026-02-01");
  });
});

describe("an invoice", () => {
  it("has a largest total", () => {
    const line = { kind: "other" as const, description: "", quantity: 2, unitAmount: 50_000_000_000_000n };
    expect(invoiceTotal([line])).toBe(100_000_000_000_000n);
    expect(invoiceTotal([line, { ...line, quantity: 1, unitAmount: 1n }])).toBeUndefined();
  });

  it("is overdue after its day alone, and while something is open", () => {
    expect(stateOf(1n, "2026-03-01", "2026-03-01")).toBe("open");
    expect(stateOf(1n, "2026-03-01", "2026-03-02")).toBe("overdue");
    expect(stateOf(0n, "2026-03-01", "2026-03-02")).toBe("settled");
  });
});
