import { actOf, type EngineEvent } from "./engine-event.ts";
import { addToFamily, type Fold } from "./fold.ts";
import type { Clause } from "./receipt.ts";
import type { CommissionStanding } from "./standing.ts";
import { reverseInPart } from "./take-back.ts";

/** What has been taken back of an event so far. */
export type Taken = { readonly refunded: bigint; readonly of: bigint };

/**
 * Lowers commissions by `by`, what was added last first. Their reversals follow first, so that nothing passes through a balance that is not
 * there; of what is not taken back in part (`taken` is undefined) there are none.
 */
export function lower(
  fold: Fold,
  event: EngineEvent,
  lowering: {
    readonly commissions: readonly CommissionStanding[];
    readonly by: bigint;
    readonly taken: Taken | undefined;
  },
): Clause[] {
  let rest = lowering.by;
  return lowering.commissions.toReversed().flatMap((commission) => {
    const part = rest < commission.amount ? rest : commission.amount;
    rest -= part;
    if (part === 0n) return [];
    const lowered = { ...commission, amount: commission.amount - part };
    fold.commissions.set(lowered.id, lowered);
    const reversals = reversedAgain(fold, event, lowered, lowering.taken);
    addToFamily(fold, lowered, {
      rule: `${lowered.rule}.adjustment`,
      amount: -part,
      act: actOf(event),
      by: event,
      transactionId: lowered.transactionId,
    });
    return [...reversals, corrected(lowered, -part, "earned_less")];
  });
}

/** Has a commission whose amount is new follow what was taken back of its event. */
export const reversedAgain = (
  fold: Fold,
  event: EngineEvent,
  commission: CommissionStanding,
  taken: Taken | undefined,
): Clause[] =>
  taken === undefined
    ? []
    : [reverseInPart(fold, event, commission, taken)].filter(({ outcome }) => outcome !== "nothing");

/** A commission as it was earned, without what became of it. */
export function withoutFate({ id: _, reversed: __, closedBy: ___, ...earned }: CommissionStanding) {
  return earned;
}

export const corrected = (commission: CommissionStanding, amount: bigint, reason: string): Clause => ({
  clause: "correction",
  outcome: "corrected",
  reason,
  rule: commission.rule,
  commissionId: commission.id,
  amount,
  currency: commission.currency,
});
