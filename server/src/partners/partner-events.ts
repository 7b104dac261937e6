import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Partner } from "./partner-repository.ts";
import type { TierReview } from "./tier-review-repository.ts";

export type PartnerEventType =
  | "partner.created"
  | "partner.approved"
  | "partner.rejected"
  | "partner.applied_again"
  | "partner.suspended"
  | "partner.reinstated"
  | "partner.terminated"
  | "partner.tier_changed"
  | "partner.terms_changed"
  | "partner.upgrade_requested"
  | "partner.upgrade_rejected"
  | "partner.code_changed"
  | "partner.updated";

/** That the team has noted something about a partner, or no longer has: not what. */
export const noteEvent = (
  type: "partner.note_written" | "partner.note_removed",
  of: { readonly partnerId: string; readonly noteId: string },
): DomainEvent => ({ type, objectType: "partner", objectId: of.partnerId, data: of });

/** What listeners and webhooks see of a partner. */
export type PartnerNews = Pick<Partner, "id" | "externalId" | "partnerType" | "tier" | "status" | "referralCode">;

export const partnerNews = (type: PartnerEventType, partner: PartnerNews): DomainEvent<PartnerNews> => ({
  type,
  objectType: "partner",
  objectId: partner.id,
  data: {
    id: partner.id,
    externalId: partner.externalId,
    partnerType: partner.partnerType,
    tier: partner.tier,
    status: partner.status,
    referralCode: partner.referralCode,
  },
});

/** What became of a review of a partner's tier: not why it was decided so. */
export const tierReviewNews = (
  what: "opened" | "recounted" | "closed" | "decided",
  { id, partnerId, tier, minimum, days, counted, status, toTier }: TierReview,
): DomainEvent => ({
  type: `tier_review.${what}`,
  objectType: "tier_review",
  objectId: id,
  data: { id, partnerId, tier, minimum, days, counted, status, toTier },
});
