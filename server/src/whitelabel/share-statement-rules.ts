import { addMonths, startOfDay } from "../kernel/calendar.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import type { PdfBrand } from "../platform/pdf/index.ts";
import type { StatementSums } from "./share-statement-repository.ts";
import type { Share } from "./sub-operator-rules.ts";

/** What the share of a month was, from what was owed before it to what is owed after it. Amounts in minor units of `currency`. */
export type ShareStatement = StatementSums & {
  readonly subOperator: string;
  readonly partnerId: string;
  readonly programme: string;
  /** As `2026-03`, of the programme's calendar. */
  readonly month: string;
  readonly currency: string;
  readonly from: Date;
  readonly to: Date;
  /** What was owed as the month began; below zero: what was to be paid back. */
  readonly opening: bigint;
  readonly closing: bigint;
  /** How it looks on paper. */
  readonly brand: PdfBrand;
};

/** What was begun in a month is booked by then. */
const BOOKED_BY_MS = HOUR_MS;

/** From when to when a month is, in a time zone, and from when on its statement can be made: nothing is booked in it any more. */
export function spanOf(month: string, timeZone: string): { from: Date; to: Date; madeFrom: Date } {
  const first = `${month}-01`;
  const to = startOfDay(addMonths(first, 1), timeZone);
  return { from: startOfDay(first, timeZone), to, madeFrom: new Date(to.getTime() + BOOKED_BY_MS) };
}

type Moved = Pick<StatementSums, "sales" | "adjustments" | "paid" | "repaid">;

/** What the month's sales, and what was taken back of them, come to. */
export const ofMonth = ({ sales, adjustments }: Pick<Moved, "sales" | "adjustments">): Share => ({
  base: sales.base + adjustments.base,
  amount: sales.amount + adjustments.amount,
});

/**
 * What of the opening balance and of the month's share was settled against each other, without money: what was to be paid back against new shares, or what
 * was owed against shares that were taken back.
 */
export function setOffOf({
  opening,
  ...sums
}: Pick<ShareStatement, "opening"> & Pick<Moved, "sales" | "adjustments">): bigint {
  const { amount } = ofMonth(sums);
  const [owed, against] = opening < 0n ? [-opening, amount] : [opening, -amount];
  if (against <= 0n) return 0n;
  return against < owed ? against : owed;
}

/** The first of the sums in which the rows and the books of a month differ, by name; undefined where they agree and a statement may be made. */
export function findInequality(rows: StatementSums, moved: ReadonlyMap<string, bigint>): string | undefined {
  const of = (...kinds: readonly string[]): bigint => kinds.reduce((sum, kind) => sum + (moved.get(kind) ?? 0n), 0n);
  const pairs: readonly (readonly [what: string, rows: bigint, books: bigint])[] = [
    ["share", ofMonth(rows).amount, of("share.booked", "share.reversed")],
    ["paid", -rows.paid, of("share.paid")],
    ["repaid", rows.repaid, of("share.repaid")],
    ["balance", ofMonth(rows).amount - rows.paid + rows.repaid, of(...moved.keys())],
  ];
  return pairs.find(([, ofRows, ofBooks]) => ofRows !== ofBooks)?.[0];
}

/** The totals in the order in which they are read; `base` where there is one. */
export const totalsOf = (
  statement: ShareStatement,
): readonly {
  readonly label: string;
  readonly base: bigint | null;
  readonly amount: bigint;
  readonly isMain: boolean;
}[] => [
  { label: "Opening balance", base: null, amount: statement.opening, isMain: true },
  { label: "Share of sales", ...statement.sales, isMain: false },
  { label: "Adjustments by refunds and chargebacks", ...statement.adjustments, isMain: false },
  { label: "Paid", base: null, amount: -statement.paid, isMain: false },
  { label: "Paid back", base: null, amount: statement.repaid, isMain: false },
  { label: "Closing balance", base: null, amount: statement.closing, isMain: true },
];
