import type { Routes } from "../platform/http/index.ts";
import { hypotheticalSale, viewCalculation } from "./calculation-view.ts";
import {
  CommissionDetail,
  CommissionPage,
  CommissionParams,
  CommissionPreview,
  CommissionQuery,
  CommissionSummary,
  PreviewBody,
  SummaryQuery,
} from "./commission-schema.ts";
import type { CommissionService } from "./commission-service.ts";
import { disputeRoutes } from "./dispute-routes.ts";

const reading = { audience: "partner", scope: "own:commissions:read" } as const;

/** A partner's own commissions. */
export const commissionRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    disputeRoutes(commissions)(app);
    app.route({
      method: "GET",
      url: "/api/v1/partners/commissions",
      config: { access: reading },
      schema: {
        operationId: "listCommissions",
        tags: ["Commissions"],
        summary: "List commissions",
        querystring: CommissionQuery,
        response: { 200: CommissionPage },
      },
      handler: (request) => commissions.getCommissions(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/commissions/summary",
      config: { access: reading },
      schema: {
        operationId: "getCommissionSummary",
        tags: ["Commissions"],
        summary: "Commission summary",
        querystring: SummaryQuery,
        response: { 200: CommissionSummary },
      },
      handler: (request) => commissions.getCommissionSummary(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/commissions/preview",
      config: { access: reading, idempotency: "none" },
      schema: {
        operationId: "previewOwnCommission",
        tags: ["Commissions"],
        summary: "Show what a sale to an own customer would earn, and why",
        description:
          "By the engine that assesses sales; nothing is written. What the programme may still pay all partners together is not asked: where that has a limit, a sale may come to less.",
        body: PreviewBody,
        response: { 200: CommissionPreview },
      },
      handler: async (request) =>
        viewCalculation(await commissions.calculateOwnCommission(request.ctx, hypotheticalSale(request.body))),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/commissions/:id",
      config: { access: reading },
      schema: {
        operationId: "getCommission",
        tags: ["Commissions"],
        summary: "Get commission details",
        params: CommissionParams,
        response: { 200: CommissionDetail },
      },
      handler: (request) => commissions.getCommission(request.ctx, { commissionId: request.params.id }),
    });
  };
