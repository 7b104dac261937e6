import { describe, expect, it } from "vitest";
import { cohortsOf } from "./retention-rules.ts";

const [JANUARY, FEBRUARY, MARCH] = ["2026-01-01", "2026-02-01", "2026-03-01"];
const month = (of: string, ahead: number, paying: bigint, rate: number | null, isWhole = true) => ({
  month: of,
  ahead,
  paying,
  rate,
  isWhole,
});

describe("customers that came in a month", () => {
  it("are followed month by month to the present one, which is not whole yet", () => {
    const paying = [
      { cohort: JANUARY, month: JANUARY, paying: 4n },
      { cohort: JANUARY, month: MARCH, paying: 1n },
    ];
    expect(cohortsOf([{ month: JANUARY, customers: 8n }], { paying, presentMonth: MARCH })).toEqual([
      {
        month: JANUARY,
        customers: 8n,
        months: [month(JANUARY, 0, 4n, 0.5), month(FEBRUARY, 1, 0n, 0), month(MARCH, 2, 1n, 0.125, false)],
      },
    ]);
  });

  it("are counted in their own cohort alone, and over the turn of a year", () => {
    const [december, sizes] = [
      "2025-12-01",
      [
        { month: "2025-12-01", customers: 2n },
        { month: JANUARY, customers: 4n },
      ],
    ];
    const paying = [
      { cohort: december, month: JANUARY, paying: 2n },
      { cohort: JANUARY, month: JANUARY, paying: 3n },
    ];
    expect(cohortsOf(sizes, { paying, presentMonth: JANUARY }).map(({ months }) => months)).toEqual([
      [month(december, 0, 0n, 0), month(JANUARY, 1, 2n, 1, false)],
      [month(JANUARY, 0, 3n, 0.75, false)],
    ]);
  });

  it("that nobody was have no rate, and those that are to come no month", () => {
    const none = { paying: [], presentMonth: JANUARY };
    expect(cohortsOf([{ month: JANUARY, customers: 0n }], none)).toMatchObject([{ months: [{ rate: null }] }]);
    expect(cohortsOf([{ month: FEBRUARY, customers: 1n }], none)).toMatchObject([{ months: [] }]);
    expect(cohortsOf([], none)).toEqual([]);
  });
});
