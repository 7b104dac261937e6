import { DAY_MS } from "../kernel/clock.ts";

/**
 * Where a commission can go from each state. What has been approved is never cancelled: a reversal takes it back, as a row of its own.
 * `paid` is a fact about its payout items, so a paid row goes back to `approved` when its transfer does, and cannot be disputed: nothing of
 * it is left to hold. `disputed` goes to `paid` where the transfer that already held the row was confirmed meanwhile.
 */
export const COMMISSION_TRANSITIONS = {
  pending: ["approved", "disputed", "cancelled"],
  approved: ["paid", "disputed"],
  paid: ["approved"],
  disputed: ["pending", "approved", "paid", "cancelled"],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type CommissionStatus = keyof typeof COMMISSION_TRANSITIONS;
export const COMMISSION_STATUSES = Object.keys(COMMISSION_TRANSITIONS) as CommissionStatus[];

export const COMMISSION_TYPES = ["signup", "recurring", "transaction", "bonus"] as const;
export type CommissionType = (typeof COMMISSION_TYPES)[number];

/** States from which `to` may be reached: for the `where` of the one statement that moves a row. */
export const statesBefore = (to: CommissionStatus): CommissionStatus[] =>
  COMMISSION_STATUSES.filter((from) => (COMMISSION_TRANSITIONS[from] as readonly string[]).includes(to));

/** Rules of rows that people make. No recorded event leads to them, so no replay makes them. */
export const MANUAL_RULES = ["grant", "co_marketing", "write_off", "cancellation", "set_off"] as const;
export type ManualRule = (typeof MANUAL_RULES)[number];

/** Rows that stand for money that went another way: a debt forgiven, a fee paid. They are no commissions. */
export const SETTLING_RULES = ["write_off", "set_off"] as const satisfies readonly ManualRule[];

type Amounts = { readonly amount: bigint; readonly status: CommissionStatus };

/** What is left of a commission: its amount and those of its reversals. What is cancelled counts in no sum. */
export const leftOf = (family: readonly Amounts[]): bigint =>
  family.reduce((sum, row) => (row.status === "cancelled" ? sum : sum + row.amount), 0n);

/** What payouts hold of a row: `taken` by payouts that have not failed, `confirmed` by transfers that have left. */
export type TakenPart = { readonly taken: bigint; readonly confirmed: bigint };
export const NOT_TAKEN: TakenPart = { taken: 0n, confirmed: 0n };

/** What no payout holds of a commission and its reversals. */
export const unpaidOf = (
  family: readonly (Amounts & { readonly id: string })[],
  parts: ReadonlyMap<string, TakenPart>,
): bigint =>
  family.reduce(
    (sum, row) => (row.status === "cancelled" ? sum : sum + row.amount - (parts.get(row.id)?.taken ?? 0n)),
    0n,
  );

/** A row is paid when its confirmed items reach its amount; a reversal has a negative amount, and negative items. */
export const isPaid = (amount: bigint, confirmed: bigint): boolean =>
  amount > 0n ? confirmed >= amount : confirmed <= amount;

/** A dispute sets aside the smaller of the unpaid part and what is there; never less than nothing. */
export const disputedAmount = (unpaid: bigint, there: bigint): bigint => {
  const smaller = unpaid < there ? unpaid : there;
  return smaller > 0n ? smaller : 0n;
};

/**
 * How the cancellation of a disputed commission that had been approved is booked. What is left of the commission is taken back: first from
 * what the dispute holds, the rest (`reversed`) from what is available, then as debt. A payout may have collected the commission's reversals
 * already; then the dispute holds more than is left, and the difference (`released`) is available again.
 */
export function splitCancellation(left: bigint, held: bigint) {
  const dropped = left < held ? left : held;
  return { dropped, released: held - dropped, reversed: left - dropped };
}

/** The clock stood while the dispute was open: the rest of the hold runs from its settlement. */
export const holdAfterDispute = (dispute: { holdUntil: Date; openedAt: Date; settledAt: Date }): Date =>
  new Date(dispute.holdUntil.getTime() + dispute.settledAt.getTime() - dispute.openedAt.getTime());

/** A hold day is 24 hours (docs/guides/money-rules.md, "What becomes of a commission"). */
export const holdEnd = (occurredAt: Date, holdDays: number): Date => new Date(occurredAt.getTime() + holdDays * DAY_MS);

/** Whether the partner's status lets its commissions be approved: what is left of a terminated partner is approved after the hold too. */
export const mayBeApproved = (partnerStatus: string): boolean =>
  partnerStatus === "active" || partnerStatus === "terminated";

/** Whether the partner still earns; before approval and after termination nothing is granted either. */
export const mayBeGranted = (partnerStatus: string): boolean =>
  partnerStatus === "active" || partnerStatus === "suspended";
