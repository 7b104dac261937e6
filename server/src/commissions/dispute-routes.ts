import type { Routes } from "../platform/http/index.ts";
import { commissionErrors } from "./commission-errors.ts";
import type { CommissionService } from "./commission-service.ts";
import {
  AnswerBody,
  Dispute,
  DisputeBody,
  DisputeDetail,
  DisputePage,
  DisputeParams,
  DisputeQuery,
} from "./dispute-schema.ts";

const reading = { audience: "partner", scope: "own:commissions:read" } as const;
const disputing = { audience: "partner", scope: "own:commissions:dispute" } as const;
const tags = ["Commissions"];

/** A partner's own disputes. */
export const disputeRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/commissions/disputes",
      config: { access: reading },
      schema: {
        operationId: "listDisputes",
        tags,
        summary: "List own disputes",
        querystring: DisputeQuery,
        response: { 200: DisputePage },
      },
      handler: (request) => commissions.getDisputes(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/commissions/disputes/:id",
      config: { access: reading },
      schema: {
        operationId: "getDispute",
        tags,
        summary: "Get an own dispute",
        params: DisputeParams,
        response: { 200: DisputeDetail },
      },
      handler: (request) => commissions.getDispute(request.ctx, { disputeId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/commissions/dispute",
      config: { access: disputing, successStatus: 201 },
      schema: {
        operationId: "disputeCommission",
        tags,
        summary: "Dispute a commission, or a missing one",
        description:
          "Until the operator settles it, the hold stands still and what has not been paid of the commission is set aside. A commission that has been paid cannot be disputed. What is `missing` is answered alike, whatever the reference leads to.",
        body: DisputeBody,
        response: { 201: Dispute },
      },
      handler: async (request, reply) => {
        const { commissionId, missing, reason } = request.body;
        if ((commissionId === undefined) === (missing === undefined)) throw commissionErrors.dispute_subject();
        const dispute =
          missing === undefined
            ? await commissions.disputeCommission(request.ctx, { commissionId: commissionId ?? "", reason })
            : await commissions.reportMissing(request.ctx, { missing, reason });
        return reply.code(201).send(dispute);
      },
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/commissions/disputes/:id/messages",
      config: { access: disputing },
      schema: {
        operationId: "answerDispute",
        tags,
        summary: "Write in an own dispute",
        description: "Answers a question, where one was asked: the dispute waits for the operator again.",
        params: DisputeParams,
        body: AnswerBody,
        response: { 200: DisputeDetail },
      },
      handler: (request) =>
        commissions.answerDispute(request.ctx, { disputeId: request.params.id, body: request.body.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/commissions/disputes/:id/withdraw",
      config: { access: disputing },
      schema: {
        operationId: "withdrawDispute",
        tags,
        summary: "Withdraw an own dispute",
        description: "The number stands, and what was set aside goes back to where it was.",
        params: DisputeParams,
        response: { 200: DisputeDetail },
      },
      handler: (request) => commissions.withdrawDispute(request.ctx, { disputeId: request.params.id }),
    });
  };
