import { addDays, addMonths, type CalendarDate } from "../kernel/calendar.ts";
import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";

/** What terms say of fees; minor units of `currency`. */
export type FeeTerms = {
  readonly currency: string;
  readonly mode: "share" | "licence";
  readonly setupFee: bigint;
  readonly integrationFee: bigint;
  readonly monthlyLicense: bigint;
  readonly supportFee: bigint;
  readonly customCardFee: bigint;
  readonly coMarketingBudget: bigint;
};

/** Fees of terms, and what a person charges beside them. */
export const FEE_KINDS = ["setup", "integration", "licence", "support", "card", "other"] as const;
export type FeeKind = (typeof FEE_KINDS)[number];
/** Owed once by a partner, whenever its terms first name them. */
export const ONCE_KINDS = ["setup", "integration"] as const satisfies readonly FeeKind[];

export type InvoiceLine = {
  readonly kind: FeeKind;
  readonly description: string;
  readonly quantity: number;
  /** Minor units, above zero. */
  readonly unitAmount: bigint;
};

export type MonthFacts = {
  readonly terms: FeeTerms;
  /** First day of the month, which runs from the agreement's first day. */
  readonly periodStart: CalendarDate;
  readonly supportFrom: CalendarDate | null;
  /** What has been charged of what is owed once. */
  readonly chargedOnce: ReadonlySet<string>;
  /** Card products that wait to be charged. */
  readonly usages: readonly { readonly reference: string; readonly quantity: number }[];
};

/** What is owed for a month, in advance, and for the cards until now. A fee of zero is none. */
export function linesOfMonth({ terms, periodStart, supportFrom, chargedOnce, usages }: MonthFacts): InvoiceLine[] {
  const month = `from ${periodStart}`;
  const hasSupport = supportFrom !== null && supportFrom <= periodStart;
  const one = (kind: FeeKind, description: string, unitAmount: bigint) => ({
    kind,
    description,
    quantity: 1,
    unitAmount,
  });
  const lines: InvoiceLine[] = [
    one("setup", "Set-up", chargedOnce.has("setup") ? 0n : terms.setupFee),
    one("integration", "Integration", chargedOnce.has("integration") ? 0n : terms.integrationFee),
    one("licence", `Licence, month ${month}`, terms.mode === "licence" ? terms.monthlyLicense : 0n),
    one("support", `Support, month ${month}`, hasSupport ? terms.supportFee : 0n),
    ...linesOfCards(terms, usages),
  ];
  return lines.filter(({ unitAmount }) => unitAmount > 0n);
}

/** What is owed for card products alone: all that is left to charge once an agreement, or the partner, has ended. */
export const linesOfCards = (
  { customCardFee }: Pick<FeeTerms, "customCardFee">,
  usages: MonthFacts["usages"],
): InvoiceLine[] =>
  usages.map(({ reference, quantity }) => ({
    kind: "card",
    description: `Card product ${reference}`,
    quantity,
    unitAmount: customCardFee,
  }));

export const lineAmount = ({ quantity, unitAmount }: InvoiceLine): bigint => BigInt(quantity) * unitAmount;

/** The sum of the lines, minor units; undefined where it, or a line, is larger than the books take. */
export function invoiceTotal(lines: readonly InvoiceLine[]): bigint | undefined {
  const total = lines.reduce((sum, line) => sum + lineAmount(line), 0n);
  return total <= AMOUNT_MAX_MINOR ? total : undefined;
}

/**
 * The month after the one that begins on `from`. Months are counted from the first: after 31 January comes 28 February, and then 31 March.
 */
export function nextPeriod(startsOn: CalendarDate, from: CalendarDate): CalendarDate {
  const monthOf = (date: CalendarDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return addMonths(startsOn, monthOf(from) - monthOf(startsOn) + 1);
}

/** Whether the next month of an agreement is owed: it has begun, it is ahead, or none comes any more. */
export function monthOf(
  { next_on, ends_on }: { readonly next_on: CalendarDate; readonly ends_on: CalendarDate | null },
  today: CalendarDate,
): "begun" | "ahead" | "over" {
  if (ends_on === null || next_on < ends_on) return next_on <= today ? "begun" : "ahead";
  return ends_on <= today ? "over" : "ahead";
}

/** The day whose terms say what is owed: the first of the month; once the agreement has ended its last, and never one that is ahead. */
export function termsDay(
  { next_on, ends_on }: { readonly next_on: CalendarDate; readonly ends_on: CalendarDate | null },
  today: CalendarDate,
): CalendarDate {
  const day = ends_on !== null && ends_on <= next_on ? addDays(ends_on, -1) : next_on;
  return day < today ? day : today;
}

export type Settled = {
  readonly total: bigint;
  readonly paid: bigint;
  readonly set_off: bigint;
  readonly credited: bigint;
};

/** What is still to be settled of an invoice. */
export const openOf = ({ total, paid, set_off, credited }: Settled): bigint => total - paid - set_off - credited;

export const INVOICE_STATES = ["open", "overdue", "settled"] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

/** Overdue is what is open after its day. */
export const stateOf = (open: bigint, dueOn: CalendarDate, today: CalendarDate): InvoiceState =>
  open === 0n ? "settled" : dueOn < today ? "overdue" : "open";
