import { sumOf } from "../../kernel/bigints.ts";
import { invariant } from "../../kernel/invariant.ts";
import { actOf, type EngineEvent } from "./engine-event.ts";
import { addToFamily, commissionsOf, type FamilyRule, type Fold } from "./fold.ts";
import { exactText, proRata, rounded } from "./product.ts";
import type { Clause } from "./receipt.ts";
import { spreadRefund, type Taken } from "./refund-of-sale.ts";
import type { CommissionStanding } from "./standing.ts";

/**
 * Moves what is taken back of commissions that are rounded together to their part of what is taken back of their event. Cumulative: each
 * reversal is the difference to the ones before, so that parts never drift and the last one takes exactly what is left.
 */
export function reverseInPart(
  fold: Fold,
  event: EngineEvent,
  commissions: readonly CommissionStanding[],
  taken: Taken,
): Clause[] {
  const [first] = commissions;
  invariant(first, "what is rounded together is something");
  const amount = sumOf(commissions.map((one) => one.amount));
  const alreadyReversed = sumOf(commissions.map((one) => one.reversed));
  const product = proRata(amount, taken.refunded, taken.of);
  const figures = {
    rule: first.rule,
    currency: first.currency,
    eventAmount: taken.of,
    refundedSoFar: taken.refunded,
    commission: amount,
    alreadyReversed,
    product: exactText(product),
    rounding: "half_away_from_zero",
  } as const;
  // What has ended is rounded with nothing.
  if (first.closedBy !== null) return [{ clause: "reversal", outcome: "nothing", reason: "closed", ...figures }];

  const target = rounded(product);
  const targets = spreadRefund(commissions, target, taken);
  const clauses = commissions.flatMap((commission, at): Clause[] => {
    const by = (targets[at] ?? commission.reversed) - commission.reversed;
    if (by === 0n) return [];
    const others = commissions.length > 1 ? { onOtherRows: target - alreadyReversed - by } : {};
    return [{ ...moveReversed(fold, event, commission, by), ...figures, ...others }];
  });
  return clauses.length > 0 ? clauses : [{ clause: "reversal", outcome: "nothing", reason: "unchanged", ...figures }];
}

/** Takes back more of a commission, or less where `by` is below zero. */
function moveReversed(fold: Fold, event: EngineEvent, commission: CommissionStanding, by: bigint): Clause {
  fold.commissions.set(commission.id, { ...commission, reversed: commission.reversed + by });
  const isTaken = by > 0n;
  const commissionId = addToFamily(fold, commission, {
    rule: `${commission.rule}.${isTaken ? "reversal" : "restoration"}`,
    amount: -by,
    act: actOf(event),
    by: event,
    transactionId: transactionOf(event),
  });
  const [outcome, reason] = isTaken ? (["reversed", "taken_back"] as const) : (["restored", "given_back"] as const);
  return { clause: "reversal", outcome, reason, commissionId, amount: -by };
}

/** Takes back all that is left of a commission, for good: cancelled while it is in hold, by a row of its own once it was approved. */
export function takeBackWhole(
  fold: Fold,
  event: EngineEvent,
  commission: CommissionStanding,
  how: { readonly as: "reversal" | "rejection" | "reattribution" },
): Clause {
  const { id, rule, currency, partnerId } = commission;
  const { kind: by, occurredAt: at } = event;
  const left = commission.amount - commission.reversed;
  fold.commissions.set(id, { ...commission, closedBy: "event" });
  if (!fold.isApproved(commission, event.occurredAt)) {
    fold.outcomes.push({ kind: "cancelled", commissionId: id, partnerId, currency, left, at, by });
    return {
      clause: "reversal",
      outcome: "cancelled",
      reason: "in_hold",
      rule,
      commissionId: id,
      amount: left,
      currency,
    };
  }
  fold.outcomes.push({ kind: "closed", commissionId: id, by });
  if (left === 0n) return { clause: "reversal", outcome: "nothing", reason: "nothing_left", rule, currency };
  const rowRule: FamilyRule = `${rule}.${how.as}`;
  const commissionId = addToFamily(fold, commission, {
    rule: rowRule,
    amount: -left,
    act: actOf(event),
    by: event,
    transactionId: transactionOf(event),
  });
  return { clause: "reversal", outcome: "reversed", reason: "approved", rule, commissionId, amount: -left, currency };
}

/** A signup bonus as it stands: the commission, and whatever a person has added to it. It is taken back as a whole. */
export function signupsOf(fold: Fold, signupId: string): CommissionStanding[] {
  const signup = fold.commissions.get(signupId);
  invariant(signup, "the signup of a customer that loses it is among the facts");
  return signupsBeside(fold, signup).filter(({ closedBy }) => closedBy === null);
}

/** A signup bonus, and whatever a person has added to it, ended or not. */
export const signupsBeside = (fold: Fold, { transactionId, referralId }: CommissionStanding): CommissionStanding[] =>
  commissionsOf(fold, transactionId ?? "").filter((one) => one.rule === "signup" && one.referralId === referralId);

const transactionOf = (event: EngineEvent): string | null => ("amount" in event ? event.id : null);
