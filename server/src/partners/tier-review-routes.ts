import { Type } from "typebox";
import { Id, Instant, Nullable, pageOf, pageQuery, type Routes, Text } from "../platform/http/index.ts";
import { TIERS } from "../programs/index.ts";
import type { PartnerService } from "./partner-service.ts";
import { TIER_REVIEW_STATUSES } from "./tier-review-repository.ts";

const TierReview = Type.Object(
  {
    id: Id("The review"),
    partnerId: Id("Whom it is about"),
    tier: Type.Enum([...TIERS]),
    minimum: Type.Integer({ description: "Qualified referrals that the tier asks for" }),
    days: Type.Integer({ description: "In so many days" }),
    counted: Type.Integer({ description: "Those that there were when it was last counted" }),
    status: Type.Enum([...TIER_REVIEW_STATUSES], {
      description:
        "`open`: fewer than asked for; `met`: no longer; `moot`: nothing is asked of the partner any more; `kept`, `moved`: a person has decided",
    }),
    openedAt: Instant("When it was first found"),
    reviewedAt: Instant("When it was last counted"),
    closedAt: Nullable(Instant("When it was no longer so, or was decided")),
    toTier: Nullable(
      Type.Enum([...TIERS], { description: "Where a person has decided: the partner's tier since then" }),
    ),
    reason: Nullable(Type.String({ description: "Why it was decided so; partners do not see it" })),
  },
  {
    $id: "TierReview",
    description:
      "A partner that brought fewer customers than its tier asks for; what follows is for the operator to decide",
  },
);

const TierReviewQuery = Type.Object(
  {
    ...pageQuery(["openedAt", "-openedAt"]),
    status: Type.Optional(Type.Enum([...TIER_REVIEW_STATUSES])),
    partnerId: Type.Optional(Id("One partner's")),
  },
  { additionalProperties: false },
);

const DecideTierReviewBody = Type.Object(
  {
    tier: Type.Enum([...TIERS], { description: "The partner's tier from now on; its own, and it stays" }),
    reason: Text({
      minLength: 1,
      maxLength: 1_000,
      description: "Why. Kept in the audit trail; partners do not see it",
    }),
  },
  {
    additionalProperties: false,
    examples: [{ tier: "tier1", reason: "Nine customers in a year, and none since May" }],
  },
);

/** Partners below what their tier asks for, for the operator. */
export const tierReviewRoutes =
  (partners: Pick<PartnerService, "findTierReviews" | "decideTierReview">): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/partners/tier-reviews",
      config: { access: { audience: "operator", scope: "partners:read" } },
      schema: {
        operationId: "listTierReviews",
        tags: ["Operator"],
        summary: "List partners who brought fewer customers than their tier asks for",
        querystring: TierReviewQuery,
        response: { 200: pageOf(TierReview) },
      },
      handler: (request) => partners.findTierReviews(request.ctx, request.query),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/partners/tier-reviews/:id/decide",
      config: { access: { audience: "operator", scope: "partners:write" } },
      schema: {
        operationId: "decideTierReview",
        tags: ["Operator"],
        summary: "Keep a partner in its tier, or move it to another",
        description:
          "Closes the review. The partner has as many days from now on as its tier gives before it is asked again. Customers keep the terms that they converted under.",
        params: Type.Object({ id: Id("The review") }),
        body: DecideTierReviewBody,
        response: { 200: TierReview },
      },
      handler: (request) => partners.decideTierReview(request.ctx, { reviewId: request.params.id, ...request.body }),
    });
  };
