import { corrected, lower, reversedAgain, withoutFate } from "./correction.ts";
import type { EventOf, HandAdjustment, HandGrant } from "./engine-event.ts";
import { bookEarned, type Fold } from "./fold.ts";
import type { Clause } from "./receipt.ts";
import { type Taken, takeRounds } from "./refund-of-sale.ts";
import { refundedSoFar } from "./refunded.ts";
import type { CommissionStanding } from "./standing.ts";

type Decision = EventOf<"dispute_resolved">;

/** A person decided about a commission: it stands, it ends, its number is another, or one that was missing is earned. */
export function decideByHand(fold: Fold, act: Decision): Clause[] {
  const { cancelled = [], adjusted, granted, rounds } = act.data;
  takeRounds(fold, act.partnerId, rounds);
  if (adjusted) return adjust(fold, act, adjusted);
  if (granted) return grant(fold, act, granted);
  for (const id of cancelled) {
    const commission = fold.commissions.get(id);
    if (commission) fold.commissions.set(id, { ...commission, closedBy: "person" });
  }
  const reason = cancelled.length > 0 ? "closed_by_hand" : "stands";
  return [{ clause: "standing", outcome: "applies", reason }];
}

/**
 * Changes what a commission earned, as a re-assessment would: more is a commission of its own beside it, less a row that takes it back. What
 * was refunded of the sale follows in both, and later refunds take their part of the new number.
 */
function adjust(fold: Fold, act: Decision, { commissionId, by: text, holdUntil }: HandAdjustment): Clause[] {
  const commission = fold.commissions.get(commissionId);
  if (commission === undefined || commission.closedBy !== null)
    return [{ clause: "correction", outcome: "nothing", reason: "closed" }];
  const by = BigInt(text);
  const taken = takenOf(fold, commission);
  if (by < 0n) return lower(fold, act, { commissions: [commission], by: -by, taken });
  const more = bookEarned(fold, {
    ...withoutFate(commission),
    eventId: act.id,
    number: act.number,
    saleNumber: commission.saleNumber ?? commission.number,
    act: "",
    amount: by,
    holdUntil: new Date(holdUntil),
  });
  return [corrected(more, by, "earned_more"), ...reversedAgain(fold, act, [more], taken)];
}

/** Earns a sale what a person says that it should have earned. What was refunded of it is taken back at once. */
function grant(fold: Fold, act: Decision, granted: HandGrant): Clause[] {
  const { transactionId, rule, currency } = granted;
  const commission = bookEarned(fold, {
    partnerId: act.partnerId,
    referralId: act.referralId,
    transactionId,
    eventId: act.id,
    number: act.number,
    saleNumber: BigInt(granted.saleNumber),
    rule,
    type: rule,
    act: "",
    amount: BigInt(granted.amount),
    currency,
    ratePpm: null,
    occurredAt: new Date(granted.occurredAt),
    holdUntil: new Date(granted.holdUntil),
  });
  return [
    corrected(commission, commission.amount, "earned_by_hand"),
    ...reversedAgain(fold, act, [commission], takenOf(fold, commission)),
  ];
}

/** A signup falls as a whole, and what was earned on no sale not at all. */
function takenOf(fold: Fold, { rule, transactionId }: CommissionStanding): Taken | undefined {
  const original = rule === "signup" ? undefined : fold.originals.get(transactionId ?? "");
  return original && { refunded: refundedSoFar(original), of: original.amount };
}
