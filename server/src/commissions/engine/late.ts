import type { Terms } from "../../programs/index.ts";
import type { TransactionEvent } from "./engine-event.ts";
import { type Fold, partnerOf } from "./fold.ts";
import { unqualifying } from "./qualification.ts";
import type { Clause, LateReason } from "./receipt.ts";
import type { ReferralStanding } from "./standing.ts";
import { volumeBonusPpm } from "./volume-bonus.ts";

/** What a payment would have changed, had it arrived in the order of dates. `before` is the customer as it stood. */
export function lateReasonsOfPayment(
  fold: Fold,
  event: TransactionEvent,
  customer: { readonly before: ReferralStanding; readonly terms: Terms; readonly clientsBefore: number },
): LateReason[] {
  const { before, terms, clientsBefore } = customer;
  const reasons: LateReason[] = [];
  const qualifiedBy = before.qualification;
  if (
    qualifiedBy !== null &&
    (terms.recurringDuration !== null || terms.rateRules.some(({ when }) => when.facts.payment !== null)) &&
    event.occurredAt < qualifiedBy.at &&
    unqualifying(event, terms) === undefined
  ) {
    reasons.push("would_have_qualified");
  }
  const { clients } = partnerOf(fold, event.partnerId);
  if (
    isLateFor(fold, event.partnerId, event.occurredAt) &&
    volumeBonusPpm(terms, clients) !== volumeBonusPpm(terms, clientsBefore)
  ) {
    reasons.push("would_have_counted");
  }
  return reasons;
}

/**
 * What a sale was too late for that a cap cut: room that went to something of a later date. Where a cap of the month cut it, a later date may be of another
 * month; the re-assessment that corrects it says whether anything differs.
 */
export function lateReasonsOfCaps(fold: Fold, event: TransactionEvent, clauses: readonly Clause[]): LateReason[] {
  const cutting = clauses.flatMap(({ uncapped = 0n, caps = [] }) => caps.filter(({ left }) => left < uncapped));
  const isLate = cutting.some(
    ({ cap }) =>
      (cap === "customer" && isLateFor(fold, event.referralId, event.occurredAt)) ||
      (cap === "month" && isLateFor(fold, event.partnerId, event.occurredAt)),
  );
  return isLate ? ["would_have_used_room"] : [];
}

/** Whether a reversal that ended a qualification is dated before a later payment of the customer, which would have qualified anew. */
export function lateReasonsOfReversal(
  fold: Fold,
  event: TransactionEvent,
  before: ReferralStanding | undefined,
): LateReason[] {
  const after = fold.referrals.get(event.referralId);
  const isLost = before?.qualification != null && after?.qualification === null;
  return isLost && isLateFor(fold, event.referralId, event.occurredAt) ? ["would_have_unqualified"] : [];
}

/** Whether something dated later has been earned already, by a partner or on a referral. */
function isLateFor(fold: Fold, partnerOrReferralId: string, at: Date): boolean {
  const latest = fold.latestEarnings.get(partnerOrReferralId);
  return latest !== undefined && at < latest;
}
