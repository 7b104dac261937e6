import { newId } from "../kernel/id.ts";
import type { NewPartnerEvent } from "../partners/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { truncateIp } from "../platform/truncate-ip.ts";
import type { Attribution } from "./attribute-referral.ts";
import type { Referral, ReferralMetadata } from "./referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { referralErrors } from "./referral-errors.ts";
import { referralEvent } from "./referral-events.ts";
import { saveReferral } from "./referral-repository.ts";
import { canBeAttributed } from "./referral-rules.ts";

/** What ties a customer to a partner for good. */
export type Conversion = {
  readonly customerId: string;
  readonly signUp: Referral | undefined;
  readonly attribution: Omit<Attribution, "decision">;
  readonly verificationRequired: boolean;
  readonly isVerified: boolean;
  readonly metadata: ReferralMetadata;
};

/** The partner has ended, or has other terms, since the attribution was decided: the whole transaction is run again and decides anew. */
class PartnerChangedMeanwhile extends Error {
  override name = "PartnerChangedMeanwhile";
  /** `serialization_failure`: the database layer repeats the transaction. */
  readonly code = "40001";
}

/**
 * Fixes a customer's attribution, and records it in the partner's sequence in the same transaction. The caller holds the customer; where
 * another conversion was faster all the same, the unique index refuses this one.
 */
export async function writeConversion(
  deps: ReferralDeps,
  tx: Tx,
  { customerId, signUp, attribution, ...conversion }: Conversion,
): Promise<Referral> {
  const at = tx.ctx.now;
  await deps.partners.lockSequences(tx, [attribution.partnerId]);
  await requireUnchanged(deps, tx, attribution);
  const referral = await saveReferral(tx, {
    id: signUp?.id ?? newId(),
    partnerId: attribution.partnerId,
    referredUserId: customerId,
    referralCode: attribution.referralCode,
    clickId: attribution.clickId,
    couponId: attribution.couponId,
    linkId: attribution.linkId,
    source: attribution.source,
    status: "converted",
    createdAt: signUp?.createdAt ?? at,
    convertedAt: at,
    qualifiedAt: null,
    rejectedAt: null,
    rejectionReason: null,
    verificationRequired: conversion.verificationRequired,
    verifiedAt: signUp?.verifiedAt ?? (conversion.isVerified ? at : null),
    termsId: attribution.termsId,
    reattributedAt: null,
    reattributedFrom: null,
    metadata: conversion.metadata,
  });
  if (referral === undefined) throw referralErrors.already_converted();
  await deps.partners.recordEvents(tx, [conversionEvent(referral, attribution.termsId, at)]);
  await deps.outbox.publish(tx, [referralEvent("referral.converted", referral)]);
  return referral;
}

/**
 * What the attribution was decided by holds still, now that nothing else can be recorded for the partner. A customer that took terms which others
 * had replaced by then would keep them for its lifetime, retroactive ones that were published in between included.
 */
async function requireUnchanged(
  deps: ReferralDeps,
  tx: Tx,
  { partnerId, termsId }: Pick<Attribution, "partnerId" | "termsId">,
): Promise<void> {
  const { status } = await deps.partners.getPartner(tx, partnerId);
  const terms = (await deps.partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
  if (!canBeAttributed(status) || terms?.id !== termsId) throw new PartnerChangedMeanwhile();
}

/** The conversion as an act in the partner's recorded sequence. */
export const conversionEvent = (referral: Referral, termsId: string, occurredAt: Date): NewPartnerEvent => ({
  partnerId: referral.partnerId,
  kind: "conversion",
  referralId: referral.id,
  data: {
    termsId,
    verificationRequired: referral.verificationRequired,
    isVerified: referral.verifiedAt !== null,
  },
  occurredAt,
});

/** Where the visitor was: an address says who somebody is, a network does not. */
export const truncatedIp = (ip: string | undefined): string | null => (ip === undefined ? null : truncateIp(ip));
