import { type Ctx, requireScope } from "../platform/context.ts";
import { admitCustomer, holdCustomer } from "./admit-customer.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { markVerified } from "./referral-repository.ts";
import { type OperatorReferral, operatorReferral } from "./referral-view.ts";

/**
 * The customer has shown that its e-mail is its own. Where the programme asks for that, what waited for it (the signup bonus, the count of
 * clients) is recorded before this returns. Once is enough: again changes nothing.
 */
export const verifyReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: { readonly externalId: string; readonly email?: string }): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      const known = await holdCustomer(deps, tx, input.externalId);
      if (known?.referral === undefined) throw referralErrors.unknown_customer();
      if (input.email !== undefined) await admitCustomer(deps, tx, { ...input, emailVerified: true });
      const before = known.referral;
      if (before.status === "rejected") throw referralErrors.was_rejected();
      if (before.verifiedAt !== null) return operatorReferral(before, known.externalId);

      await deps.partners.lockSequences(tx, [before.partnerId]);
      const referral = await markVerified(tx, before.id, ctx.now);
      if (before.convertedAt !== null) {
        await deps.partners.recordEvents(tx, [
          { partnerId: before.partnerId, kind: "verification", referralId: before.id, data: {}, occurredAt: ctx.now },
        ]);
      }
      await deps.audit.record(tx, "referral.verified", { targetType: "referral", targetId: referral.id });
      await deps.outbox.publish(tx, [referralEvent("referral.verified", referral)]);
      return operatorReferral(referral, known.externalId);
    });
