import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Referral } from "./referral.ts";

export type ReferralEventType =
  | "referral.created"
  | "referral.converted"
  | "referral.verified"
  | "referral.qualified"
  | "referral.unqualified"
  | "referral.rejected"
  | "referral.reattributed";

/** News of a referral, as listeners and webhooks see it. It reaches partners: nothing in it says who the customer is. */
export const referralEvent = (type: ReferralEventType, referral: Referral): DomainEvent => ({
  type,
  objectType: "referral",
  objectId: referral.id,
  data: {
    id: referral.id,
    partnerId: referral.partnerId,
    referralCode: referral.referralCode,
    source: referral.source,
    status: referral.status,
    clickId: referral.clickId,
    couponId: referral.couponId,
    createdAt: referral.createdAt,
    convertedAt: referral.convertedAt,
    qualifiedAt: referral.qualifiedAt,
    rejectedAt: referral.rejectedAt,
    verifiedAt: referral.verifiedAt,
    reattributedAt: referral.reattributedAt,
  },
});
