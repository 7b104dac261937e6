import { type Ctx, requireScope } from "../platform/context.ts";
import { admitCustomer, type CustomerInput } from "./admit-customer.ts";
import { attributeReferral, isSameClaim, readClaim } from "./attribute-referral.ts";
import type { ReferralMetadata } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { type OperatorReferral, operatorReferral } from "./referral-view.ts";
import { truncatedIp, writeConversion } from "./write-conversion.ts";

/** A customer, and what ties it to a partner. */
export type ClaimedCustomer = CustomerInput & {
  readonly clickId?: string;
  readonly couponCode?: string;
  readonly referralCode?: string;
  readonly deviceId?: string;
  readonly ip?: string;
  /** What it pays with, as its holder's bank or the billing system names it. */
  readonly paymentAccount?: string;
};

/**
 * Ties a customer to the partner who brought it, for good. The same call again is answered as the first was; another one about the same
 * customer is refused.
 */
export const convertReferral =
  (deps: ReferralDeps) =>
  (ctx: Ctx, input: ClaimedCustomer): Promise<OperatorReferral> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "referrals:convert");
      const claim = readClaim(input);
      const customer = await admitCustomer(deps, tx, input);
      const before = customer.referral;
      if (before !== undefined && before.convertedAt !== null) {
        if (isSameClaim(before.metadata.claim, claim)) return operatorReferral(before, customer.externalId);
        throw referralErrors.already_converted();
      }
      if (before?.status === "rejected") throw referralErrors.was_rejected();

      const program = await deps.programs.getProgram(tx);
      const { decision, ...attribution } = await attributeReferral(deps, tx, {
        claim,
        customer,
        signUp: before,
        program,
      });
      const referral = await writeConversion(deps, tx, {
        customerId: customer.id,
        signUp: before,
        attribution,
        verificationRequired: program.requiresVerifiedEmail,
        isVerified: customer.isVerified,
        metadata: { claim, decision, network: truncatedIp(input.ip), ...paymentOf(deps, ctx, input) },
      });
      await deps.audit.record(tx, "referral.converted", {
        targetType: "referral",
        targetId: referral.id,
        after: { partnerId: referral.partnerId, source: referral.source, termsId: referral.termsId },
      });
      return operatorReferral(referral, customer.externalId);
    });

/** The account as a fingerprint: whether it is somebody else's can be told by that, and nothing more. */
const paymentOf = (
  { fingerprint }: Pick<ReferralDeps, "fingerprint">,
  { tenantId }: Ctx,
  { paymentAccount }: Pick<ClaimedCustomer, "paymentAccount">,
): Pick<ReferralMetadata, "payment"> =>
  paymentAccount === undefined
    ? {}
    : { payment: fingerprint({ tenantId, kind: "payment", value: paymentAccount }).toString("hex") };
