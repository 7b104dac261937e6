import type { Routes } from "../platform/http/index.ts";
import { hypotheticalSale, viewCalculation } from "./calculation-view.ts";
import {
  AdminCommissionQuery,
  AnySummaryQuery,
  CalculateBody,
  Calculated,
  CancelBody,
  Commission,
  CommissionDetail,
  CommissionPage,
  CommissionParams,
  CommissionPreview,
  CommissionSummary,
  GrantBody,
  PreviewBody,
  WriteOffBody,
} from "./commission-schema.ts";
import type { CommissionService } from "./commission-service.ts";
import { deskRoutes } from "./desk-routes.ts";
import { reassessmentRoutes } from "./reassessment-routes.ts";
import { spendLimitRoutes } from "./spend-limit-routes.ts";

const reading = { audience: "operator", scope: "commissions:read" } as const;
const writing = { audience: "operator", scope: "commissions:write" } as const;

/** Every partner's commissions, for the operator. */
export const adminCommissionRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    reassessmentRoutes(commissions)(app);
    deskRoutes(commissions)(app);
    spendLimitRoutes(commissions)(app);
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions",
      config: { access: reading },
      schema: {
        operationId: "listAllCommissions",
        tags: ["Operator"],
        summary: "List all commissions",
        querystring: AdminCommissionQuery,
        response: { 200: CommissionPage },
      },
      handler: (request) => commissions.findCommissions(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/summary",
      config: { access: reading },
      schema: {
        operationId: "getCommissionSummaryFor",
        tags: ["Operator"],
        summary: "What a partner has earned, has and owes, by currency",
        querystring: AnySummaryQuery,
        response: { 200: CommissionSummary },
      },
      handler: (request) => commissions.getCommissionSummaryFor(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/:id",
      config: { access: reading },
      schema: {
        operationId: "getAnyCommission",
        tags: ["Operator"],
        summary: "Get a commission",
        params: CommissionParams,
        response: { 200: CommissionDetail },
      },
      handler: (request) => commissions.getCommissionFor(request.ctx, { commissionId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/calculate",
      // Safe to repeat by nature: what has been assessed is passed over. It runs a transaction for each partner.
      config: { access: writing, idempotency: "none" },
      schema: {
        operationId: "calculateCommissions",
        tags: ["Operator"],
        summary: "Calculate commissions",
        description:
          "Assesses what was recorded and not assessed: nothing, where everything was reported through the API.",
        body: CalculateBody,
        response: { 200: Calculated },
      },
      handler: async (request) => {
        const { gaps, ...counts } = await commissions.calculateMissed(request.ctx, request.body);
        return { ...counts, gaps: [...gaps] };
      },
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/preview",
      config: { access: reading, idempotency: "none" },
      schema: {
        operationId: "previewCommission",
        tags: ["Operator"],
        summary: "Show what a sale would earn, and why",
        body: PreviewBody,
        response: { 200: CommissionPreview },
      },
      handler: async (request) =>
        viewCalculation(await commissions.calculateCommission(request.ctx, hypotheticalSale(request.body))),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/grant",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "grantCommission",
        tags: ["Operator"],
        summary: "Grant a bonus by hand",
        body: GrantBody,
        response: { 201: Commission },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await commissions.grantCommission(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/write-off",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "writeOffDebt",
        tags: ["Operator"],
        summary: "Write off a partner's debt",
        body: WriteOffBody,
        response: { 201: Commission },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await commissions.writeOffDebt(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/:id/approve",
      config: { access: writing },
      schema: {
        operationId: "approveCommission",
        tags: ["Operator"],
        summary: "Approve a commission before its hold ends",
        params: CommissionParams,
        response: { 200: Commission },
      },
      handler: (request) => commissions.approveCommission(request.ctx, { commissionId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/:id/cancel",
      config: { access: writing },
      schema: {
        operationId: "cancelCommission",
        tags: ["Operator"],
        summary: "Cancel a commission for good",
        description: "One that has been approved is taken back by a reversal; what is not there any more becomes debt.",
        params: CommissionParams,
        body: CancelBody,
        response: { 200: Commission },
      },
      handler: (request) =>
        commissions.cancelCommission(request.ctx, { commissionId: request.params.id, reason: request.body.reason }),
    });
  };
