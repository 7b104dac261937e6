import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { admitCustomer, type CustomerInput } from "./admit-customer.ts";
import { standingsOf } from "./attribute-referral.ts";
import type { Referral, ReferralMetadata } from "./referral.ts";
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
      const { referral, externalId } = await tie(deps, tx, {
        partnerId: input.partnerId,
        customer: input,
        source: "manual",
        metadata: { reason: input.reason },
      });
      await deps.audit.record(tx, "referral.assigned", {
        targetType: "referral",
        targetId: referral.id,
        after: { partnerId: referral.partnerId, termsId: referral.termsId },
        reason: input.reason,
      });
      return operatorReferral(referral, externalId);
    });

/**
 * Joins a transaction: makes a customer that a partner brought by itself, through its API, and ties it to the partner for good. A partner vouches
 * for no e-mail: it says whether the customer is the partner itself, and is not kept, as billing systems' messages are matched by what is.
 */
export const referByPartner =
  (deps: ReferralDeps) =>
  async (
    tx: Tx,
    { partnerId, ...customer }: CustomerInput & { readonly partnerId: string },
  ): Promise<{ readonly referralId: string; readonly customerId: string }> => {
    const made = await tie(deps, tx, { partnerId, customer, source: "partner_api", metadata: {} });
    await deps.audit.record(tx, "referral.converted", {
      targetType: "referral",
      targetId: made.referral.id,
      after: { partnerId, source: made.referral.source, termsId: made.referral.termsId },
    });
    return { referralId: made.referral.id, customerId: made.customerId };
  };

/** Ties a customer to a partner that somebody names, whatever was clicked. */
async function tie(
  deps: ReferralDeps,
  tx: Tx,
  input: {
    readonly partnerId: string;
    readonly customer: CustomerInput;
    readonly source: "manual" | "partner_api";
    readonly metadata: ReferralMetadata;
  },
): Promise<{ readonly referral: Referral; readonly customerId: string; readonly externalId: string }> {
  const partner = await deps.partners.getPartner(tx, input.partnerId);
  const { email, ...named } = input.customer;
  const isVouchedFor = input.source === "manual";
  const admitted = await admitCustomer(deps, tx, isVouchedFor ? input.customer : named);
  const customer = email === undefined ? admitted : { ...admitted, emails: [...admitted.emails, email] };
  const before = customer.referral;
  if (before !== undefined && before.convertedAt !== null) throw referralErrors.already_converted();
  if (before?.status === "rejected") throw referralErrors.was_rejected();
  const { standings, termsIds } = await standingsOf(deps, tx, [{ partnerId: partner.id }], customer);
  const standing = standings.get(partner.id);
  const termsId = termsIds.get(partner.id);
  if (standing === undefined || !standing.takesPart || termsId === undefined) throw referralErrors.partner_inactive();
  if (standing.isSelf) throw referralErrors.self();

  const program = await deps.programs.getProgram(tx);
  const referral = await writeConversion(deps, tx, {
    customerId: customer.id,
    signUp: before,
    attribution: {
      partnerId: partner.id,
      source: input.source,
      referralCode: partner.referralCode,
      clickId: null,
      couponId: null,
      linkId: null,
      termsId,
    },
    verificationRequired: program.requiresVerifiedEmail,
    isVerified: customer.isVerified,
    metadata: input.metadata,
  });
  return { referral, customerId: customer.id, externalId: customer.externalId };
}
