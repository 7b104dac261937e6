import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tier } from "../programs/index.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { partnerErrors } from "./partner-errors.ts";
import { partnerNews, tierReviewNews } from "./partner-events.ts";
import { getPartner } from "./partner-repository.ts";
import { lockSequences } from "./sequence-repository.ts";
import { decideTierReview as decide, findTierReview, type TierReview } from "./tier-review-repository.ts";
import { moveToTier } from "./upgrade-tier.ts";

export type DecideTierReview = { readonly reviewId: string; readonly tier: Tier; readonly reason: string };

/**
 * What follows from a review: the partner stays in its tier, or is moved to another. Either way it has as many days from now on as the tier
 * gives before it is asked again (docs/adr/0083). Later conversions earn by another tier's terms; earlier customers keep theirs.
 */
export const decideTierReview =
  (deps: PartnerDeps) =>
  (ctx: Ctx, { reviewId, tier, reason }: DecideTierReview): Promise<TierReview> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "partners:write");
      const review = await findTierReview(tx, reviewId);
      if (review === undefined) throw partnerErrors.review_not_found();
      await deps.programs.holdProgram(tx);
      await lockSequences(tx, [review.partnerId]);
      const partner = await getPartner(tx, review.partnerId);
      const status = tier === partner.tier ? "kept" : "moved";
      // Whoever decided saw the partner in the tier of the review.
      if (status === "moved" && partner.tier !== review.tier)
        throw partnerErrors.review_outdated({ tier: partner.tier });
      const decided = await decide(tx, reviewId, { status, toTier: tier, reason });
      if (decided === undefined) throw partnerErrors.review_closed();
      await deps.outbox.publish(tx, [tierReviewNews("decided", decided)]);
      if (status === "moved") {
        const after = await moveToTier(deps, tx, { partnerId: partner.id, toTier: tier });
        await deps.outbox.publish(tx, [partnerNews("partner.tier_changed", after)]);
      }
      await deps.audit.record(tx, status === "moved" ? "partner.tier_changed" : "partner.tier_kept", {
        targetType: "partner",
        targetId: partner.id,
        before: { tier: partner.tier },
        after: { tier, reviewId },
        reason,
      });
      return decided;
    });
