import type { EventOf, PartnerAct } from "./engine-event.ts";
import { commissionsOf, type Fold, inOrder, partnerOf } from "./fold.ts";
import { settle } from "./qualification.ts";
import type { Clause } from "./receipt.ts";
import type { CommissionStanding, PartnerStanding, ReferralStanding } from "./standing.ts";
import { takeBackWhole } from "./take-back.ts";

export function approve(fold: Fold, act: EventOf<"approval">): Clause[] {
  // The first approval opens the active time; it is not moved by a later one.
  return stand(fold, act, (partner) => ({ ...partner, approvedAt: partner.approvedAt ?? act.occurredAt }));
}

export function suspend(fold: Fold, act: EventOf<"suspension">): Clause[] {
  return stand(fold, act, (partner) => ({ ...partner, suspendedBy: partner.suspendedBy ?? act.number }));
}

export function reinstate(fold: Fold, act: EventOf<"reinstatement">): Clause[] {
  return stand(fold, act, (partner) => ({ ...partner, suspendedBy: null }));
}

/** Stops earning. What was earned while suspended was held until now, and is cancelled; a decision about a sale from before is not of that time. */
export function terminate(fold: Fold, act: EventOf<"termination">): Clause[] {
  const { suspendedBy } = partnerOf(fold, act.partnerId);
  const clauses = stand(fold, act, (partner) => ({ ...partner, terminatedAt: act.occurredAt, suspendedBy: null }));
  if (suspendedBy === null) return clauses;
  const held = [...fold.commissions.values()]
    .filter(
      (one) => one.partnerId === act.partnerId && (one.saleNumber ?? one.number) > suspendedBy && one.closedBy === null,
    )
    .filter((commission) => !fold.isApproved(commission, act.occurredAt))
    .toSorted(inOrder);
  return [...clauses, ...held.map((commission) => takeBackWhole(fold, act, commission, { as: "rejection" }))];
}

/** Terms reach later conversions by themselves; only retroactive ones hold for existing customers, from their date. */
export function takeTerms(fold: Fold, act: EventOf<"terms">): Clause[] {
  const { termsId, isRetroactive } = act.data;
  if (!isRetroactive) return [{ clause: "standing", outcome: "nothing", reason: "for_later_conversions" }];
  const terms = { number: act.number, at: act.occurredAt, termsId };
  return stand(fold, act, (partner) => {
    // By number, also where a re-assessment goes by dates: of several that hold, the one that was recorded last counts.
    const retroactive = [...partner.retroactive, terms].toSorted((a, b) => Number(a.number - b.number));
    return { ...partner, retroactive };
  });
}

export function convert(fold: Fold, act: EventOf<"conversion">): Clause[] {
  // One customer has one attribution for its lifetime: a second conversion must not let it qualify again.
  if (fold.referrals.has(act.referralId))
    return [{ clause: "standing", outcome: "nothing", reason: "converted_before" }];
  const { termsId, verificationRequired, isVerified } = act.data;
  fold.referrals.set(act.referralId, {
    referralId: act.referralId,
    partnerId: act.partnerId,
    convertedAt: act.occurredAt,
    agreedAt: act.occurredAt,
    conversionNumber: act.number,
    termsId,
    isVerificationOpen: verificationRequired && !isVerified,
    isHeld: false,
    isRejected: false,
    qualification: null,
    lostPaymentId: null,
    lostSignup: null,
    isSignupTaken: false,
  });
  return [{ clause: "standing", outcome: "applies", reason: act.kind }];
}

export function verify(fold: Fold, act: EventOf<"verification">): Clause[] {
  return clear(fold, act, { isVerificationOpen: false });
}

export function release(fold: Fold, act: EventOf<"fraud_release">): Clause[] {
  return clear(fold, act, { isHeld: false });
}

/** What waited for the end of a verification or a hold is recorded now, unless the other is still open. */
function clear(
  fold: Fold,
  act: EventOf<"verification" | "fraud_release">,
  change: Partial<Pick<ReferralStanding, "isVerificationOpen" | "isHeld">>,
): Clause[] {
  const referral = fold.referrals.get(act.referralId);
  if (referral === undefined) return notConverted;
  const cleared = { ...referral, ...change };
  fold.referrals.set(act.referralId, cleared);
  return settle(fold, act, cleared);
}

export function hold(fold: Fold, act: EventOf<"fraud_hold">): Clause[] {
  const referral = fold.referrals.get(act.referralId);
  if (referral === undefined) return notConverted;
  fold.referrals.set(act.referralId, { ...referral, isHeld: true });
  return [{ clause: "standing", outcome: "applies", reason: act.kind }];
}

/** Cancels what is in hold; takes back what was approved only where the admin says so. */
export const reject = (fold: Fold, act: EventOf<"rejection">): Clause[] =>
  end(fold, act, {
    as: "rejection",
    takes: (commission) => act.data.takesBackApproved || !fold.isApproved(commission, act.occurredAt),
  });

/** Takes back what moves to another partner, approved or not. What stays is as it was: later refunds of it fall here. */
export function depart(fold: Fold, act: EventOf<"departure">): Clause[] {
  const moved = new Set(act.data.moved);
  return end(fold, act, {
    as: "reattribution",
    takes: ({ transactionId }) => transactionId !== null && moved.has(transactionId),
  });
}

/**
 * Nothing is earned on the customer from now on, and it counts no more. One that had ended before is told of what had stayed: a customer that
 * went to another partner is rejected there, and what is left here ends too.
 */
function end(
  fold: Fold,
  act: EventOf<"rejection" | "departure">,
  how: {
    readonly as: "rejection" | "reattribution";
    readonly takes: (commission: CommissionStanding) => boolean;
  },
): Clause[] {
  const referral = fold.referrals.get(act.referralId);
  if (referral === undefined) return notConverted;
  const { isRejected, qualification, lostSignup } = referral;
  // What was lost by now was not standing: a chargeback that is won later does not bring it back.
  fold.referrals.set(act.referralId, {
    ...referral,
    isRejected: true,
    lostSignup: lostSignup === null ? null : 0n,
  });
  if (!isRejected && qualification?.isSettled) {
    const partner = partnerOf(fold, act.partnerId);
    fold.partners.set(act.partnerId, { ...partner, clients: partner.clients - 1 });
  }
  const taken = commissionsOf(fold, act.referralId).filter(
    (commission) => commission.closedBy === null && how.takes(commission),
  );
  const standing: Clause = isRejected
    ? { clause: "standing", outcome: "nothing", reason: "rejected" }
    : { clause: "standing", outcome: "applies", reason: act.kind };
  return [standing, ...taken.map((commission) => takeBackWhole(fold, act, commission, how))];
}

function stand(fold: Fold, act: PartnerAct, change: (partner: PartnerStanding) => PartnerStanding): Clause[] {
  fold.partners.set(act.partnerId, change(partnerOf(fold, act.partnerId)));
  return [{ clause: "standing", outcome: "applies", reason: act.kind }];
}

const notConverted: Clause[] = [{ clause: "standing", outcome: "nothing", reason: "not_converted" }];
