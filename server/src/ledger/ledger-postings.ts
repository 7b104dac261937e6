import type { AccountKind } from "./account-kinds.ts";

/** An amount above zero, in minor units, from one account of a partner to another. The debit side is named first, as in the rules. */
export type Posting = { readonly debit: AccountKind; readonly credit: AccountKind; readonly amount: bigint };

/** One business event in the books. `sourceId` is what caused it: the same kind and source is never booked twice. */
export type Entry = {
  readonly kind: EntryKind;
  readonly sourceId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly postings: readonly Posting[];
};

export type EntryKind =
  | "commission.assessed"
  | "commission.approved"
  | "commission.reversed"
  | "commission.restored"
  | "commission.disputed"
  | "dispute.upheld"
  | "dispute.cancelled"
  | "debt.written_off"
  | "debt.reinstated"
  | "payout.requested"
  | "payout.released"
  | "transfer.confirmed"
  | "transfer.returned"
  | "fee.invoiced"
  | "fee.paid"
  | "fee.credited"
  | "fee.set_off"
  | "fee.set_off_undone"
  | "share.booked"
  | "share.reversed"
  | "share.paid"
  | "share.repaid";

/** Who, what for, when: common to every entry. */
export type Booking = {
  readonly sourceId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly at: Date;
};

/** Where a part of a balance stands. */
export type Holding = "pending" | "available" | "disputed";

/**
 * A credit to available repays debt first, in the same transaction: available and debt are never both above zero. `debt` is the partner's
 * clawback receivable as it stands under lock, before this entry.
 */
export function creditAvailable(from: AccountKind, amount: bigint, debt: bigint): Posting[] {
  const repaid = amount < debt ? amount : debt;
  return positive([
    { debit: from, credit: "clawback_receivable", amount: repaid },
    { debit: from, credit: "available", amount: amount - repaid },
  ]);
}

const positive = (postings: readonly Posting[]): Posting[] => postings.filter((posting) => posting.amount > 0n);

const entry = (kind: EntryKind, booking: Booking, postings: readonly Posting[]): Entry => ({
  kind,
  sourceId: booking.sourceId,
  partnerId: booking.partnerId,
  currency: booking.currency,
  occurredAt: booking.at,
  postings: positive(postings),
});

/** A commission was assessed: it is owed, in hold. */
export const commissionAssessed = (booking: Booking): Entry =>
  entry("commission.assessed", booking, [{ debit: "commission_expense", credit: "pending", amount: booking.amount }]);

/** The hold is over: `amount` is what is left of the commission, its reversals subtracted. */
export const commissionApproved = (booking: Booking & { readonly debt: bigint }): Entry =>
  entry("commission.approved", booking, creditAvailable("pending", booking.amount, booking.debt));

/**
 * A reversal: from where the commission stands as far as that goes, the rest is debt. `held` is what stands there under lock; for `pending`
 * and `disputed` the caller passes what of this commission is there.
 */
export function commissionReversed(booking: Booking & { readonly from: Holding; readonly held: bigint }): Entry {
  const taken = booking.amount < booking.held ? booking.amount : booking.held;
  return entry("commission.reversed", booking, [
    { debit: booking.from, credit: "commission_expense", amount: taken },
    { debit: "clawback_receivable", credit: "commission_expense", amount: booking.amount - taken },
  ]);
}

/** A chargeback was won: what it took is owed again. It repays debt first; the rest is available, or pending while in hold. */
export function commissionRestored(
  booking: Booking & { readonly to: "pending" | "available"; readonly debt: bigint },
): Entry {
  const repaid = booking.amount < booking.debt ? booking.amount : booking.debt;
  return entry("commission.restored", booking, [
    { debit: "commission_expense", credit: "clawback_receivable", amount: repaid },
    { debit: "commission_expense", credit: booking.to, amount: booking.amount - repaid },
  ]);
}

/** A dispute sets aside `amount`: the smaller of the commission's unpaid part and what is there. */
export const commissionDisputed = (booking: Booking & { readonly from: "pending" | "available" }): Entry =>
  entry("commission.disputed", booking, [{ debit: booking.from, credit: "disputed", amount: booking.amount }]);

/** The commission stands: what the dispute set aside, and reversals have left of it, goes back to where the commission is now. */
export const disputeUpheld = (
  booking: Booking & { readonly to: "pending" | "available"; readonly debt: bigint },
): Entry =>
  entry(
    "dispute.upheld",
    booking,
    booking.to === "pending"
      ? [{ debit: "disputed", credit: "pending", amount: booking.amount }]
      : creditAvailable("disputed", booking.amount, booking.debt),
  );

/** The commission is cancelled: what the dispute set aside is not owed. */
export const disputeCancelled = (booking: Booking): Entry =>
  entry("dispute.cancelled", booking, [{ debit: "disputed", credit: "commission_expense", amount: booking.amount }]);

/** Debt that will not be recovered. */
export const debtWrittenOff = (booking: Booking): Entry =>
  entry("debt.written_off", booking, [{ debit: "bad_debt", credit: "clawback_receivable", amount: booking.amount }]);

/** What was written off is owed again: from available as far as that goes, the rest is debt. */
export const debtReinstated = (booking: Booking & { readonly available: bigint }): Entry => {
  const taken = booking.amount < booking.available ? booking.amount : booking.available;
  return entry("debt.reinstated", booking, [
    { debit: "available", credit: "bad_debt", amount: taken },
    { debit: "clawback_receivable", credit: "bad_debt", amount: booking.amount - taken },
  ]);
};

/** A payout reserves its gross amount. */
export const payoutRequested = (booking: Booking): Entry =>
  entry("payout.requested", booking, [{ debit: "available", credit: "payout_in_transit", amount: booking.amount }]);

/** A payout was cancelled before sending, or its transfer definitively failed: the amount is balance again. */
export const payoutReleased = (booking: Booking & { readonly debt: bigint }): Entry =>
  entry("payout.released", booking, creditAvailable("payout_in_transit", booking.amount, booking.debt));

/** What is kept back of a gross amount. */
export type Deductions = { readonly fee: bigint; readonly taxWithheld: bigint };

/** A transfer was confirmed: net cash has left, the rest was kept back. A fee that the programme bears is its cost, beside the payout. */
export const transferConfirmed = (booking: Booking & Deductions & { readonly operatorFee: bigint }): Entry =>
  entry("transfer.confirmed", booking, [
    { debit: "payout_in_transit", credit: "cash", amount: booking.amount - booking.fee - booking.taxWithheld },
    { debit: "payout_in_transit", credit: "tax_withheld", amount: booking.taxWithheld },
    { debit: "payout_in_transit", credit: "payout_fee", amount: booking.fee },
    { debit: "payout_cost", credit: "payout_fee", amount: booking.operatorFee },
  ]);

/** A confirmed transfer came back whole; a fee that is not refunded becomes the operator's cost, so that the partner loses nothing. */
export const transferReturned = (
  booking: Booking & Deductions & { readonly debt: bigint; readonly isFeeRefunded: boolean },
): Entry => {
  const feeFrom = booking.isFeeRefunded ? ("payout_fee" as const) : ("payout_cost" as const);
  const sources = [
    { from: "cash" as const, amount: booking.amount - booking.fee - booking.taxWithheld },
    { from: "tax_withheld" as const, amount: booking.taxWithheld },
    { from: feeFrom, amount: booking.fee },
  ];
  let debt = booking.debt;
  const postings = sources.flatMap(({ from, amount }) => {
    const part = creditAvailable(from, amount, debt);
    debt -= part
      .filter((posting) => posting.credit === "clawback_receivable")
      .reduce((sum, posting) => sum + posting.amount, 0n);
    return part;
  });
  return entry("transfer.returned", booking, postings);
};

/** A fee was invoiced: the partner owes it. */
export const feeInvoiced = (booking: Booking): Entry =>
  entry("fee.invoiced", booking, [{ debit: "fee_receivable", credit: "fee_revenue", amount: booking.amount }]);

/** Money of the partner has arrived for an invoice. */
export const feePaid = (booking: Booking): Entry =>
  entry("fee.paid", booking, [{ debit: "cash", credit: "fee_receivable", amount: booking.amount }]);

/** A credit note: so much of an invoice is not owed. */
export const feeCredited = (booking: Booking): Entry =>
  entry("fee.credited", booking, [{ debit: "fee_revenue", credit: "fee_receivable", amount: booking.amount }]);

/** Earnings pay an invoice, so far as they are available. */
export const feeSetOff = (booking: Booking): Entry =>
  entry("fee.set_off", booking, [{ debit: "available", credit: "fee_receivable", amount: booking.amount }]);

/** What earnings had paid of an invoice is owed again, and the earnings are the partner's again: they repay debt first. */
export const feeSetOffUndone = (booking: Booking & { readonly debt: bigint }): Entry =>
  entry("fee.set_off_undone", booking, creditAvailable("fee_receivable", booking.amount, booking.debt));

/** A sub-operator has sold: the share of it is owed. */
export const shareBooked = (booking: Booking): Entry =>
  entry("share.booked", booking, [{ debit: "share_receivable", credit: "share_revenue", amount: booking.amount }]);

/** What it sold was taken back, or a part of it: so much of the share is not owed, or is to be repaid. */
export const shareReversed = (booking: Booking): Entry =>
  entry("share.reversed", booking, [{ debit: "share_revenue", credit: "share_receivable", amount: booking.amount }]);

/** A sub-operator has paid shares. */
export const sharePaid = (booking: Booking): Entry =>
  entry("share.paid", booking, [{ debit: "cash", credit: "share_receivable", amount: booking.amount }]);

/** Shares of sales that were taken back were paid back to a sub-operator. */
export const shareRepaid = (booking: Booking): Entry =>
  entry("share.repaid", booking, [{ debit: "share_receivable", credit: "cash", amount: booking.amount }]);
