import { Type } from "typebox";
import { Id, Instant, Nullable, pageOf, pageQuery, type Routes } from "../platform/http/index.ts";
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
      description: "`open`: fewer than asked for; `met`: no longer; `moot`: nothing is asked of the partner any more",
    }),
    openedAt: Instant("When it was first found"),
    reviewedAt: Instant("When it was last counted"),
    closedAt: Nullable(Instant("When it was no longer so")),
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

/** Partners below what their tier asks for, for the operator. */
export const tierReviewRoutes =
  (partners: Pick<PartnerService, "findTierReviews">): Routes =>
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
  };
