import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { holdReferral } from "./admit-customer.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { findReferral, markRejected } from "./referral-repository.ts";
import { type OperatorReferral, viewForOperator } from "./referral-view.ts";

export type Rejection = { readonly referralId: string; readonly reason: string; readonly takesBackApproved: boolean };

/**
 * Rejects a referral: it earns nothing from now on, and what is pending of it is cancelled before this returns. What is approved or paid is
 * taken back only where the caller says so.
 */
export const rejectReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: Rejection): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      return viewForOperator(deps, tx, await rejectInside(deps)(tx, input));
    });

/**
 * The same in a caller's transaction, for whom the customer and the partner's sequence are locked. Throws `referral.not_found` and
 * `referral.state`.
 */
export const rejectInside =
  (deps: ReferralDeps) =>
  async (tx: Tx, input: Rejection): Promise<Referral> => {
    const { reason, takesBackApproved } = input;
    const { now } = tx.ctx;
    const before = await holdReferral(deps, tx, await findReferral(tx, input.referralId));
    await deps.partners.lockSequences(tx, [before.partnerId]);
    const referral = await markRejected(tx, { id: before.id, reason, at: now });
    if (referral === undefined) throw referralErrors.state({ status: before.status });
    // A sign-up alone has earned nothing, and is not in the partner's sequence.
    if (referral.convertedAt !== null) {
      await deps.partners.recordEvents(tx, [
        {
          partnerId: referral.partnerId,
          kind: "rejection",
          referralId: referral.id,
          data: { reason, takesBackApproved },
          occurredAt: now,
        },
      ]);
    }
    await deps.audit.record(tx, "referral.rejected", {
      targetType: "referral",
      targetId: referral.id,
      before: { status: before.status },
      after: { status: referral.status, takesBackApproved },
      reason,
    });
    await deps.outbox.publish(tx, [referralEvent("referral.rejected", referral)]);
    return referral;
  };
