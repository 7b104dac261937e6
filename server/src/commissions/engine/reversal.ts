import { invariant } from "../../kernel/invariant.ts";
import { holdEnd } from "../commission-rules.ts";
import type { TransactionEvent } from "./engine-event.ts";
import { commissionsOf, type Fold, keepOriginal, partnerOf, termsAt } from "./fold.ts";
import { begin, isOver } from "./qualification.ts";
import type { Clause } from "./receipt.ts";
import { roundedTogether } from "./refund-of-sale.ts";
import { isLost, refundedSoFar } from "./refunded.ts";
import type { Original, Qualification, ReferralStanding, Reversal } from "./standing.ts";
import { reverseInPart, signupsOf, takeBackWhole } from "./take-back.ts";

/** A refund, a chargeback or a won one: moves every commission on its original, and decides whether the signup stands. */
export function reverse(fold: Fold, event: TransactionEvent, kind: Reversal["kind"]): Clause[] {
  const original = withReversal(fold, event, kind);
  const refunded = refundedSoFar(original);
  const commissions = commissionsOf(fold, original.id).filter(
    ({ rule, referralId }) => rule !== "signup" && referralId === event.referralId,
  );
  const parts = roundedTogether(fold, event, commissions).flatMap((together) =>
    reverseInPart(fold, event, together, { refunded, of: original.amount }),
  );
  const referral = fold.referrals.get(event.referralId);
  const signup = referral === undefined ? [] : decideSignup(fold, event, referral, original);
  return [...(parts.length === 0 ? [nothingEarned(original.amount, refunded)] : parts), ...signup];
}

const nothingEarned = (eventAmount: bigint, refundedSoFar: bigint): Clause => ({
  clause: "reversal",
  outcome: "nothing",
  reason: "nothing_was_earned",
  eventAmount,
  refundedSoFar,
});

function withReversal(fold: Fold, event: TransactionEvent, kind: Reversal["kind"]): Original {
  const { id, amount, occurredAt, originalId: namesId } = event;
  invariant(namesId !== null, "a reversal is recorded with what it reverses");
  const original = fold.originals.get(fold.chargedBack.get(namesId) ?? namesId);
  invariant(original, "a reversal is assessed after its original");
  const changed = { ...original, reversals: [...original.reversals, { id, kind, amount, occurredAt, namesId }] };
  keepOriginal(fold, changed);
  return changed;
}

/** A signup falls as a whole with its qualifying payment, and comes back with a won chargeback. */
function decideSignup(fold: Fold, event: TransactionEvent, referral: ReferralStanding, original: Original): Clause[] {
  const { holdDays } = termsAt(fold, referral, original.occurredAt);
  const lost = isLost(original, holdEnd(original.occurredAt, holdDays));
  const { qualification, lostPaymentId } = referral;
  if (qualification?.paymentId === original.id && lost) return lose(fold, event, { referral, qualification });

  // A payment is no longer the lost one once another has qualified. Of a customer that has ended here only what it took comes back.
  if (lostPaymentId !== original.id || lost || isOver(referral)) return [];
  const { id: paymentId, occurredAt: at } = original;
  return begin(fold, event, referral, { paymentId, at, isSettled: false, signupId: null });
}

/** Nothing is left of the qualifying payment: the signup ends, and the next payment that can qualifies anew. */
function lose(
  fold: Fold,
  event: TransactionEvent,
  { referral, qualification }: { readonly referral: ReferralStanding; readonly qualification: Qualification },
): Clause[] {
  const { referralId, partnerId } = referral;
  const { paymentId: lostPaymentId, signupId, isSettled } = qualification;
  const signups = signupId === null ? [] : signupsOf(fold, signupId);
  // What waits has been decided by nobody, unless it was lost before.
  const lostSignup = isSettled ? signups.reduce((sum, { amount }) => sum + amount, 0n) : referral.lostSignup;
  fold.referrals.set(referralId, { ...referral, qualification: null, lostPaymentId, lostSignup });
  if (isSettled && !referral.isRejected) {
    const partner = partnerOf(fold, partnerId);
    fold.partners.set(partnerId, { ...partner, clients: partner.clients - 1 });
    fold.outcomes.push({ kind: "unqualified", referralId, at: event.occurredAt });
  }
  const clause: Clause = { clause: "qualification", outcome: "reversed", reason: "nothing_left_of_payment" };
  return [clause, ...signups.map((one) => takeBackWhole(fold, event, one, { as: "reversal" }))];
}
