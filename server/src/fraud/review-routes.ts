import type { Routes } from "../platform/http/index.ts";
import { AppealBody, Review, ReviewPage, ReviewParams, ReviewQuery } from "./fraud-schema.ts";
import type { FraudService } from "./fraud-service.ts";

/** What of a partner waits for a decision, for the partner itself. */
export const reviewRoutes =
  (fraud: FraudService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/reviews",
      config: { access: { audience: "partner", scope: "own:commissions:read" } },
      schema: {
        operationId: "listReviews",
        tags: ["Commissions"],
        summary: "List what waits for a review",
        querystring: ReviewQuery,
        response: { 200: ReviewPage },
      },
      handler: (request) => fraud.getReviews(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/reviews/:id/appeal",
      config: { access: { audience: "partner", scope: "own:commissions:dispute" } },
      schema: {
        operationId: "appealReview",
        tags: ["Commissions"],
        summary: "Say what speaks for you, or appeal against a refusal",
        params: ReviewParams,
        body: AppealBody,
        response: { 200: Review },
      },
      handler: (request) => fraud.appealCase(request.ctx, { reviewId: request.params.id, ...request.body }),
    });
  };
