import { invariant } from "../kernel/invariant.ts";
import {
  type AccountPair,
  balanceKey,
  commissionAssessed,
  commissionDisputed,
  commissionRestored,
  commissionReversed,
  type Entry,
} from "../ledger/index.ts";
import type { AssessedRow } from "./assessment-repository.ts";
import type { CommissionStatus } from "./commission-rules.ts";
import type { CommissionDraft, Outcome } from "./engine/outcome.ts";

/** Where a commission's money is, under the lock of its accounts. */
export type Place = {
  readonly status: CommissionStatus;
  readonly approvedAt: Date | null;
  /** The open dispute, where there is one; `held` is what it holds now. */
  readonly dispute: {
    readonly id: string;
    readonly statusBefore: "pending" | "approved";
    readonly held: bigint;
  } | null;
};

/** What decides where a reversal falls: read under lock, before the first outcome. */
export type BookedFacts = {
  readonly places: ReadonlyMap<string, Place>;
  /** By `balanceKey`; absent is zero. */
  readonly balances: ReadonlyMap<string, { readonly available: bigint; readonly clawback_receivable: bigint }>;
  readonly now: Date;
};

/** A commission that is over, and what kind of event has ended it. */
type Closed = { readonly id: string; readonly event: string };

/** What is to be written: rows and entries in order, and what changes about rows that are there. */
export type Bookings = {
  readonly rows: readonly AssessedRow[];
  readonly entries: readonly Entry[];
  /** Commissions that are cancelled with their families. */
  readonly cancelled: readonly string[];
  /** Commissions of which nothing more is taken or given back, those that are cancelled among them. */
  readonly closed: readonly Closed[];
  readonly heldChanges: readonly { readonly disputeId: string; readonly by: bigint }[];
  /** Disputes whose commission is cancelled under them. */
  readonly closedDisputes: readonly string[];
};

const PENDING: Place = { status: "pending", approvedAt: null, dispute: null };

/**
 * Decides where each outcome falls in the books: pending while its commission is pending, disputed what a dispute set aside, otherwise
 * available as far as that goes, and then debt. Outcomes of one batch follow each other, so places and balances move with them.
 */
export function bookOutcomes(outcomes: readonly Outcome[], facts: BookedFacts): Bookings {
  const places = new Map(facts.places);
  const balances = new Map(facts.balances);
  const rows: AssessedRow[] = [];
  const entries: Entry[] = [];
  const cancelled: string[] = [];
  const closed: Closed[] = [];
  const heldChanges: { disputeId: string; by: bigint }[] = [];
  const closedDisputes: string[] = [];

  const placeOf = (commissionId: string | null): Place => {
    const place = places.get(commissionId ?? "");
    invariant(place && place.status !== "cancelled", "a row follows a commission that is there and not cancelled");
    return place;
  };
  const balanceOf = (pair: AccountPair) => balances.get(balanceKey(pair)) ?? { available: 0n, clawback_receivable: 0n };
  const post = (entry: Entry): void => {
    if (entry.postings.length === 0) return;
    entries.push(entry);
    let { available, clawback_receivable } = balanceOf(entry);
    for (const { debit, credit, amount } of entry.postings) {
      if (debit === "available") available -= amount;
      if (credit === "available") available += amount;
      if (debit === "clawback_receivable") clawback_receivable += amount;
      if (credit === "clawback_receivable") clawback_receivable -= amount;
    }
    balances.set(balanceKey(entry), { available, clawback_receivable });
  };
  const changeHeld = (commissionId: string, by: bigint): void => {
    const place = placeOf(commissionId);
    if (place.dispute === null || by === 0n) return;
    places.set(commissionId, { ...place, dispute: { ...place.dispute, held: place.dispute.held + by } });
    heldChanges.push({ disputeId: place.dispute.id, by });
  };

  const earn = (commission: CommissionDraft): void => {
    rows.push(rowOf(commission, PENDING, facts.now));
    places.set(commission.id, PENDING);
    post(commissionAssessed(bookingOf(commission)));
  };

  const reverse = (commission: CommissionDraft): void => {
    const rootId = commission.reversesId ?? "";
    const place = placeOf(rootId);
    rows.push(rowOf(commission, place, facts.now));
    const booking = bookingOf(commission);
    const { amount } = booking;
    if (place.status === "pending") return post(commissionReversed({ ...booking, from: "pending", held: amount }));
    const { dispute } = place;
    const fromDispute = dispute === null ? 0n : amount < dispute.held ? amount : dispute.held;
    invariant(
      dispute?.statusBefore !== "pending" || fromDispute === amount,
      "a dispute holds all of a commission that was pending",
    );
    const { available } = balanceOf(commission);
    const first = commissionReversed({ ...booking, amount: fromDispute, from: "disputed", held: fromDispute });
    const rest = commissionReversed({ ...booking, amount: amount - fromDispute, from: "available", held: available });
    post({ ...first, postings: [...first.postings, ...rest.postings] });
    changeHeld(rootId, -fromDispute);
  };

  const restore = (commission: CommissionDraft): void => {
    const rootId = commission.reversesId ?? "";
    const place = placeOf(rootId);
    rows.push(rowOf(commission, place, facts.now));
    const booking = bookingOf(commission);
    const isInHold = (place.dispute?.statusBefore ?? place.status) === "pending";
    const debt = balanceOf(commission).clawback_receivable;
    // Pending is the sum of pending rows: what comes back into the hold repays debt when it is approved, not before.
    post(commissionRestored({ ...booking, to: isInHold ? "pending" : "available", debt: isInHold ? 0n : debt }));
    if (!isInHold || place.dispute === null) return;
    post(commissionDisputed({ ...booking, from: "pending" }));
    changeHeld(rootId, booking.amount);
  };

  const cancel = (outcome: Extract<Outcome, { kind: "cancelled" }>): void => {
    const { commissionId: sourceId, partnerId, currency, left: amount, at, by } = outcome;
    const place = placeOf(sourceId);
    invariant(place.approvedAt === null, "what was approved is reversed, never cancelled");
    if (place.dispute !== null) {
      invariant(place.dispute.held === amount, "a dispute holds all of a commission that was pending");
      closedDisputes.push(place.dispute.id);
    }
    const from = place.dispute === null ? "pending" : "disputed";
    post(commissionReversed({ sourceId, partnerId, currency, amount, at, from, held: amount }));
    cancelled.push(sourceId);
    closed.push({ id: sourceId, event: by });
    places.set(sourceId, { ...place, status: "cancelled", dispute: null });
  };

  for (const outcome of outcomes) {
    if (outcome.kind === "earned") earn(outcome.commission);
    else if (outcome.kind === "reversed") reverse(outcome.commission);
    else if (outcome.kind === "restored") restore(outcome.commission);
    else if (outcome.kind === "cancelled") cancel(outcome);
    else if (outcome.kind === "closed") closed.push({ id: outcome.commissionId, event: outcome.by });
  }
  return { rows, entries, cancelled, closed, heldChanges, closedDisputes };
}

const bookingOf = ({ id: sourceId, partnerId, currency, amount, occurredAt: at }: CommissionDraft) => ({
  sourceId,
  partnerId,
  currency,
  amount: amount < 0n ? -amount : amount,
  at,
});

/** A row stands where its commission stands: `approved` where that is paid, since the row itself has not been. */
const rowOf = (draft: CommissionDraft, place: Place, now: Date): AssessedRow => ({
  id: draft.id,
  partner_id: draft.partnerId,
  referral_id: draft.referralId,
  transaction_id: draft.transactionId,
  event_id: draft.eventId,
  rule: draft.rule,
  act: draft.act,
  commission_type: draft.type,
  amount: draft.amount,
  currency: draft.currency,
  rate_ppm: draft.ratePpm,
  sale_number: draft.saleNumber,
  status: place.status === "paid" ? "approved" : place.status,
  reverses_id: draft.reversesId,
  occurred_at: draft.occurredAt,
  hold_until: draft.holdUntil,
  period_start: draft.period?.start ?? null,
  period_end: draft.period?.end ?? null,
  calculated_at: now,
  approved_at: place.approvedAt,
  paid_at: null,
});
