import { type Ctx, requireScope } from "../platform/context.ts";
import { admitCustomer, type CustomerInput } from "./admit-customer.ts";
import { standingsOf } from "./attribute-referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { type OperatorReferral, operatorReferral } from "./referral-view.ts";
import { writeConversion } from "./write-conversion.ts";

/** An admin says whose a customer is, whatever was clicked. Only for a customer who has not been converted. */
export const assignReferral =
  (deps: ReferralDeps) =>
  (
    ctx: Ctx,
    input: CustomerInput & { readonly partnerId: string; readonly reason: string },
  ): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const partner = await deps.partners.getPartner(tx, input.partnerId);
      const customer = await admitCustomer(deps, tx, input);
      const before = customer.referral;
      if (before !== undefined && before.convertedAt !== null) throw referralErrors.already_converted();
      if (before?.status === "rejected") throw referralErrors.was_rejected();
      const { standings, termsIds } = await standingsOf(deps, tx, [{ partnerId: partner.id }], customer);
      const standing = standings.get(partner.id);
      const termsId = termsIds.get(partner.id);
      if (standing === undefined || !standing.takesPart || termsId === undefined)
        throw referralErrors.partner_inactive();
      if (standing.isSelf) throw referralErrors.self();

      const program = await deps.programs.getProgram(tx);
      const referral = await writeConversion(deps, tx, {
        customerId: customer.id,
        signUp: before,
        attribution: {
          partnerId: partner.id,
          source: "manual",
          referralCode: partner.referralCode,
          clickId: null,
          couponId: null,
          linkId: null,
          termsId,
        },
        verificationRequired: program.requiresVerifiedEmail,
        isVerified: customer.isVerified,
        metadata: { reason: input.reason },
      });
      await deps.audit.record(tx, "referral.assigned", {
        targetType: "referral",
        targetId: referral.id,
        after: { partnerId: partner.id, termsId },
        reason: input.reason,
      });
      return operatorReferral(referral, customer.externalId);
    });
