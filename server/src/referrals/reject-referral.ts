import { type Ctx, requireScope } from "../platform/context.ts";
import { holdReferral } from "./admit-customer.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { findReferral, markRejected } from "./referral-repository.ts";
import { type OperatorReferral, viewForOperator } from "./referral-view.ts";

/**
 * Rejects a referral: it earns nothing from now on, and what is pending of it is cancelled before this returns. What is approved or paid is
 * taken back only where the caller says so.
 */
export const rejectReferral =
  (deps: ReferralDeps) =>
  (
    ctx: Ctx,
    input: { readonly referralId: string; readonly reason: string; readonly takesBackApproved: boolean },
  ): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      const { reason, takesBackApproved } = input;
      const before = await holdReferral(deps, tx, await findReferral(tx, input.referralId));
      await deps.partners.lockSequences(tx, [before.partnerId]);
      const referral = await markRejected(tx, { id: before.id, reason, at: ctx.now });
      if (referral === undefined) throw referralErrors.state({ status: before.status });
      // A sign-up alone has earned nothing, and is not in the partner's sequence.
      if (referral.convertedAt !== null) {
        await deps.partners.recordEvents(tx, [
          {
            partnerId: referral.partnerId,
            kind: "rejection",
            referralId: referral.id,
            data: { reason, takesBackApproved },
            occurredAt: ctx.now,
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
      return viewForOperator(deps, tx, referral);
    });
