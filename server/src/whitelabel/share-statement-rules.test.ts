import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../test/kit/property-seed.ts";
import { findInequality, ofMonth, type ShareStatement, setOffOf, spanOf, totalsOf } from "./share-statement-rules.ts";

const NONE = { base: 0n, amount: 0n };
const ROWS = {
  sales: { base: 200n, amount: 100n },
  adjustments: { base: -20n, amount: -10n },
  paid: 40n,
  repaid: 5n,
};

describe("a month", () => {
  it("is one of the programme's calendar, and its statement can be made an hour after it", () => {
    expect(spanOf("2026-03", "America/New_York")).toEqual({
      from: new Date("2026-03-01T05:00:00Z"),
      to: new Date("2026-04-01T04:00:00Z"),
      madeFrom: new Date("2026-04-01T05:00:00Z"),
    });
    expect(spanOf("2026-12", "UTC").to).toEqual(new Date("2027-01-01T00:00:00Z"));
  });

  it("comes to its sales and what was taken back of them", () => {
    expect(ofMonth(ROWS)).toEqual({ base: 180n, amount: 90n });
  });
});

describe("what is set off", () => {
  it.each([
    [0n, 50n, 0n],
    [0n, -50n, 0n],
    [-30n, 50n, 30n],
    [-50n, 50n, 50n],
    [-80n, 50n, 50n],
    [80n, -50n, 50n],
    [50n, -50n, 50n],
    [30n, -50n, 30n],
    [30n, 50n, 0n],
    [-30n, -50n, 0n],
    [30n, 0n, 0n],
    [-30n, 0n, 0n],
  ])("with %s owed before the month and a share of %s is %s", (opening, amount, setOff) => {
    expect(setOffOf({ opening, sales: { base: 0n, amount }, adjustments: NONE })).toBe(setOff);
  });

  it("is of what the month comes to, adjustments among it", () => {
    expect(setOffOf({ opening: 30n, sales: { base: 0n, amount: 10n }, adjustments: { base: 0n, amount: -20n } })).toBe(
      10n,
    );
  });

  it("is never below zero, nor more than either side has, and takes both sides as near to nothing as it can", () => {
    const minor = fc.bigInt({ min: -1_000n, max: 1_000n });
    const abs = (of: bigint): bigint => (of < 0n ? -of : of);
    fc.assert(
      fc.property(minor, minor, (opening, amount) => {
        const setOff = setOffOf({ opening, sales: { base: 0n, amount }, adjustments: NONE });
        expect(setOff >= 0n && setOff <= abs(opening) && setOff <= abs(amount)).toBe(true);
        // What neither side has left after it is the balance of both.
        expect(abs(opening) - setOff + (abs(amount) - setOff)).toBe(abs(opening + amount));
      }),
    );
  });
});

describe("a statement", () => {
  const books = new Map([
    ["share.booked", 100n],
    ["share.reversed", -10n],
    ["share.paid", -40n],
    ["share.repaid", 5n],
  ]);

  it("may be made where its rows are what the books moved, also where neither has anything", () => {
    expect(findInequality(ROWS, books)).toBeUndefined();
    expect(findInequality({ sales: NONE, adjustments: NONE, paid: 0n, repaid: 0n }, new Map())).toBeUndefined();
  });

  it.each([
    ["share", [["share.booked", 99n]]],
    ["share", [["share.reversed", -11n]]],
    ["paid", [["share.paid", -1n]]],
    ["paid", [["share.paid", 40n]]],
    ["repaid", [["share.repaid", 1n]]],
    ["balance", [["fee.paid", 1n]]],
  ] as const)("whose books differ in %s from its rows is none", (total, change) => {
    expect(findInequality(ROWS, new Map([...books, ...change]))).toBe(total);
  });

  it("whose books differ in two sums is told by the first", () => {
    expect(findInequality(ROWS, new Map([...books].map(([kind, moved]) => [kind, moved + 1n])))).toBe("share");
  });

  it("is read from what was owed before the month to what is owed after it, and its totals add up", () => {
    const statement: ShareStatement = {
      ...ROWS,
      subOperator: "Bank",
      partnerId: "p",
      programme: "Test",
      month: "2026-03",
      currency: "USD",
      from: new Date(0),
      to: new Date(1),
      opening: 7n,
      closing: 62n,
      brand: { name: "Test", accent: "#000000", logo: null },
    };
    const totals = totalsOf(statement);
    expect(totals).toEqual([
      { label: "Opening balance", base: null, amount: 7n, isMain: true },
      { label: "Share of sales", base: 200n, amount: 100n, isMain: false },
      { label: "Adjustments by refunds and chargebacks", base: -20n, amount: -10n, isMain: false },
      { label: "Paid", base: null, amount: -40n, isMain: false },
      { label: "Paid back", base: null, amount: 5n, isMain: false },
      { label: "Closing balance", base: null, amount: 62n, isMain: true },
    ]);
    expect(totals.slice(0, -1).reduce((sum, { amount }) => sum + amount, 0n)).toBe(totals.at(-1)?.amount);
  });
});
