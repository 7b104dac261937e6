import type { Routes } from "../platform/http/index.ts";
import {
  CommissionDetail,
  CommissionPage,
  CommissionParams,
  CommissionQuery,
  CommissionSummary,
  Dispute,
  DisputeBody,
  DisputePage,
  DisputeQuery,
  SummaryQuery,
} from "./commission-schema.ts";
import type { CommissionService } from "./commission-service.ts";

const reading = { audience: "partner", scope: "own:commissions:read" } as const;
const disputing = { audience: "partner", scope: "own:commissions:dispute" } as const;

/** A partner's own commissions. */
export const commissionRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
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
      method: "GET",
      url: "/api/v1/partners/commissions/disputes",
      config: { access: reading },
      schema: {
        operationId: "listDisputes",
        tags: ["Commissions"],
        summary: "List own disputes",
        querystring: DisputeQuery,
        response: { 200: DisputePage },
      },
      handler: (request) => commissions.getDisputes(request.ctx, request.query),
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
    app.route({
      method: "POST",
      url: "/api/v1/partners/commissions/dispute",
      config: { access: disputing, successStatus: 201 },
      schema: {
        operationId: "disputeCommission",
        tags: ["Commissions"],
        summary: "Dispute commission",
        description:
          "Until the operator settles it, the hold stands still and what has not been paid of the commission is set aside. A commission that has been paid cannot be disputed.",
        body: DisputeBody,
        response: { 201: Dispute },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await commissions.disputeCommission(request.ctx, request.body)),
    });
  };
