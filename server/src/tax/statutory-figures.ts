/**
 * What the law of the United States says of payments for services, by the first year in which it does. A value that is not known here is
 * entered by the operator (`PUT /api/v1/admin/tax/years/{year}/figures`).
 */
type Dated<Value> = readonly { readonly from: number; readonly value: Value }[];

/**
 * US cents from which on a year is reported on Form 1099-NEC, box 1 (26 USC 6041, 6041A): $600; $2,000 from 2026 on (Public Law 119-21,
 * section 70433). From 2027 on it follows prices and only rises, in steps of $100: its values come out year by year.
 */
const THRESHOLDS: Dated<bigint> = [
  { from: 2000, value: 60_000n },
  { from: 2026, value: 200_000n },
];
const INDEXED_FROM = 2027;

/** Parts per million kept back of a payment (26 USC 3406): 24 % since 2018. */
const WITHHOLDING: Dated<bigint> = [
  { from: 2000, value: 280_000n },
  { from: 2018, value: 240_000n },
];

const valueIn = <Value>(dated: Dated<Value>, year: number): Value | undefined =>
  dated.findLast(({ from }) => from <= year)?.value;

export type YearFigures = {
  /** US cents. */
  readonly threshold: bigint;
  /** False where the amount of an earlier year stands in for one that has not been entered: no higher than the real one, and not fit to close a year. */
  readonly isFinal: boolean;
  readonly withholdingPpm: bigint;
};

/** The figures of a year: what was entered, otherwise what is known. */
export function figuresOf(
  year: number,
  entered: { readonly threshold: bigint | null; readonly withholding_ppm: bigint | null } | undefined,
): YearFigures {
  const known = valueIn(THRESHOLDS, year) ?? 0n;
  return {
    threshold: entered?.threshold ?? known,
    isFinal: (entered?.threshold ?? null) !== null || year < INDEXED_FROM,
    withholdingPpm: entered?.withholding_ppm ?? valueIn(WITHHOLDING, year) ?? 0n,
  };
}

/**
 * The day by which returns of a year are due to partners and to the IRS: 31 January, the Monday after where that is a Saturday or Sunday
 * (26 USC 6071(c), 7503).
 */
export function dueOn(year: number): string {
  const last = new Date(Date.UTC(year + 1, 0, 31));
  const weekday = last.getUTCDay();
  const later = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  return new Date(Date.UTC(year + 1, 0, 31 + later)).toISOString().slice(0, 10);
}
