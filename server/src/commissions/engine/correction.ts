import { actOf, type EngineEvent } from "./engine-event.ts";
import { addToFamily, commissionsOf, type Fold } from "./fold.ts";
import type { Clause } from "./receipt.ts";
import { roundedTogether, type Taken } from "./refund-of-sale.ts";
import type { CommissionStanding } from "./standing.ts";
import { reverseInPart } from "./take-back.ts";

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
  const parts = new Map<string, bigint>();
  const lowered = lowering.commissions.toReversed().flatMap((commission) => {
    const part = rest < commission.amount ? rest : commission.amount;
    rest -= part;
    parts.set(commission.id, part);
    return part === 0n ? [] : [{ ...commission, amount: commission.amount - part }];
  });
  return roundedTogether(fold, event, lowered).flatMap((together) => {
    for (const one of together) fold.commissions.set(one.id, one);
    const reversals = reversedAgain(fold, event, together, lowering.taken);
    return [...reversals, ...together.map((one) => adjustDown(fold, event, one, parts.get(one.id) ?? 0n))];
  });
}

function adjustDown(fold: Fold, event: EngineEvent, lowered: CommissionStanding, part: bigint): Clause {
  addToFamily(fold, lowered, {
    rule: `${lowered.rule}.adjustment`,
    amount: -part,
    act: actOf(event),
    by: event,
    transactionId: lowered.transactionId,
  });
  return corrected(lowered, -part, "earned_less");
}

/** Has commissions of a sale whose amounts are new, and what is rounded together with them, follow what was taken back of their event. */
export function reversedAgain(
  fold: Fold,
  event: EngineEvent,
  changed: readonly CommissionStanding[],
  taken: Taken | undefined,
): Clause[] {
  if (taken === undefined) return [];
  const ids = new Set(changed.map(({ id }) => id));
  const ofSale = commissionsOf(fold, changed[0]?.transactionId ?? "");
  return roundedTogether(fold, event, ofSale)
    .filter((together) => together.some(({ id }) => ids.has(id)))
    .flatMap((together) => reverseInPart(fold, event, together, taken))
    .filter(({ outcome }) => outcome !== "nothing");
}

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
