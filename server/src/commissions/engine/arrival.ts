import { invariant } from "../../kernel/invariant.ts";
import type { EngineEvent, EventOf } from "./engine-event.ts";
import type { Fold } from "./fold.ts";
import type { Clause, Receipt } from "./receipt.ts";

/** The engine itself, which knows this clause: handed in, so that the two files do not import each other. */
type AssessOne = (fold: Fold, event: EngineEvent) => Receipt;

/**
 * A customer that another partner had: its transactions until now are assessed once more, in the order in which they were recorded, as if they
 * had been recorded here, at the number of the arrival. What stays with the other partner qualifies, and the months run, but it earns nothing.
 */
export function arrive(fold: Fold, event: EventOf<"arrival">, assessOne: AssessOne): Clause[] {
  const { referralId, partnerId, number, occurredAt, data } = event;
  const history = fold.histories.get(event.id);
  invariant(history, "an arrival is given the transactions that it brings");
  fold.referrals.set(referralId, {
    referralId,
    partnerId,
    convertedAt: new Date(data.convertedAt),
    agreedAt: occurredAt,
    conversionNumber: number,
    termsId: data.termsId,
    isVerificationOpen: data.isVerificationOpen,
    isHeld: data.isHeld && !data.isSettled,
    isRejected: false,
    qualification: null,
    lostPaymentId: null,
    lostSignup: null,
    isSignupTaken: data.isSignupTaken,
  });

  const moved = new Set(data.moved);
  const known = new Map(fold.originals);
  for (const one of history) {
    invariant("amount" in one, "an arrival brings transactions");
    const again = { act: data.act, earns: moved.has(one.id) };
    fold.receiptsAgain.push(assessOne(fold, { ...one, partnerId, referralId, number, again }));
  }
  // Reversals of what stays are not recorded here. Where the customer comes back to a partner, its own view of those is the right one.
  for (const { id } of history) {
    const before = known.get(id);
    if (moved.has(id)) continue;
    if (before === undefined) fold.originals.delete(id);
    else fold.originals.set(id, before);
  }
  const arrived = fold.referrals.get(referralId);
  invariant(arrived, "a customer that has arrived stands here");
  fold.referrals.set(referralId, { ...arrived, isHeld: data.isHeld });
  return [{ clause: "standing", outcome: "applies", reason: event.kind }];
}
