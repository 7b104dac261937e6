import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { holdReferrals } from "./hold-referrals.ts";
import type { Referral } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { markRejected } from "./referral-repository.ts";
import { type OperatorReferral, viewForOperator } from "./referral-view.ts";

export type Rejection = { readonly referralId: string; readonly reason: string; readonly takesBackApproved: boolean };

/**
 * Rejects a customer by its referral: it earns nothing from now on, and what is pending of it is cancelled before this returns, also what has stayed
 * with partners who had it before. What is approved or paid is taken back only where the caller says so. Throws `referral.state` where it was
 * rejected, or is another partner's now.
 */
export const rejectReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: Rejection): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      const { before, former } = await familyOf(deps, tx, input);
      if (before.id !== input.referralId) throw referralErrors.state({ status: "rejected" });
      if (before.status === "rejected") throw referralErrors.state({ status: before.status });
      const referral = await reject(deps, tx, { ...input, before, former });
      if (referral === undefined) throw referralErrors.state({ status: before.status });
      return viewForOperator(deps, tx, referral);
    });

/**
 * Rejects a referral's customer in a caller's transaction: where it is now, unless it was rejected there, and what had stayed with those who had
 * it before. Throws `referral.not_found`.
 */
export const rejectCustomerInside =
  (deps: ReferralDeps) =>
  async (tx: Tx, input: Rejection): Promise<void> => {
    await reject(deps, tx, { ...input, ...(await familyOf(deps, tx, input)) });
  };

/** The referral that the customer has now, and those that it had: all are held. */
async function familyOf(deps: ReferralDeps, tx: Tx, { referralId }: Rejection) {
  const family = (await holdReferrals(deps)(tx, [referralId])).get(referralId) ?? [];
  const before = family.at(-1);
  if (before === undefined) throw referralErrors.not_found();
  return { before, former: family.slice(0, -1) };
}

/** Records the rejection in one go for all whom it reaches: customer and sequences are held. Undefined where it was rejected before. */
async function reject(
  deps: ReferralDeps,
  tx: Tx,
  {
    before,
    former,
    reason,
    takesBackApproved,
  }: Omit<Rejection, "referralId"> & { readonly before: Referral; readonly former: readonly Referral[] },
): Promise<Referral | undefined> {
  const occurredAt = tx.ctx.now;
  const referral = await markRejected(tx, { id: before.id, reason, at: occurredAt });
  // A sign-up alone has earned nothing, and is not in the partner's sequence.
  const reached = [...former, ...(referral === undefined || referral.convertedAt === null ? [] : [referral])];
  if (reached.length > 0)
    await deps.partners.recordEvents(
      tx,
      reached.map(({ partnerId, id: referralId }) => ({
        partnerId,
        kind: "rejection",
        referralId,
        data: { reason, takesBackApproved },
        occurredAt,
      })),
    );
  if (referral === undefined) return undefined;
  await deps.audit.record(tx, "referral.rejected", {
    targetType: "referral",
    targetId: referral.id,
    before: { status: before.status },
    after: { status: referral.status, takesBackApproved },
    reason,
  });
  await deps.outbox.publish(tx, [referralEvent("referral.rejected", referral)]);
  return referral;
}
