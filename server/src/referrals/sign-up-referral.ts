import { newId } from "../kernel/id.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { admitCustomer } from "./admit-customer.ts";
import { attributeReferral, isSameClaim, readClaim } from "./attribute-referral.ts";
import type { ClaimedCustomer } from "./convert-referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { saveReferral } from "./referral-repository.ts";
import { type OperatorReferral, operatorReferral } from "./referral-view.ts";
import { truncatedIp } from "./write-conversion.ts";

/**
 * Reports a sign-up: a pending referral, which the partner sees and which fixes nothing. Whose the customer is, and under which terms, is
 * decided at the conversion.
 */
export const signUpReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: ClaimedCustomer): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      const claim = readClaim(input);
      const customer = await admitCustomer(deps, tx, input);
      const before = customer.referral;
      if (before !== undefined) {
        if (isSameClaim(before.metadata.claim, claim)) return operatorReferral(before, customer.externalId);
        throw before.convertedAt === null ? referralErrors.already_signed_up() : referralErrors.already_converted();
      }
      const program = await deps.programs.getProgram(tx);
      const {
        decision,
        termsId: _,
        ...attribution
      } = await attributeReferral(deps, tx, {
        claim,
        customer,
        signUp: undefined,
        program,
      });
      const referral = await saveReferral(tx, {
        ...attribution,
        id: newId(),
        referredUserId: customer.id,
        status: "pending",
        createdAt: ctx.now,
        convertedAt: null,
        qualifiedAt: null,
        rejectedAt: null,
        rejectionReason: null,
        verificationRequired: program.requiresVerifiedEmail,
        verifiedAt: customer.isVerified ? ctx.now : null,
        termsId: null,
        reattributedAt: null,
        reattributedFrom: null,
        metadata: { claim, decision, network: truncatedIp(input.ip) },
      });
      if (referral === undefined) throw referralErrors.already_signed_up();
      await deps.audit.record(tx, "referral.created", {
        targetType: "referral",
        targetId: referral.id,
        after: { partnerId: referral.partnerId, source: referral.source },
      });
      await deps.outbox.publish(tx, [referralEvent("referral.created", referral)]);
      return operatorReferral(referral, customer.externalId);
    });
