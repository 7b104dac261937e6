import type { Terms } from "../../programs/index.ts";
import type { TransactionEvent } from "./engine-event.ts";
import { type Fold, partnerOf } from "./fold.ts";
import { unqualifying } from "./qualification.ts";
import type { LateReason } from "./receipt.ts";
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
