import type { Routes } from "../platform/http/index.ts";
import type { CommissionService } from "./commission-service.ts";
import {
  AssignBody,
  DeskDispute,
  DeskDisputeDetail,
  DeskDisputePage,
  DeskQuery,
  DisputeParams,
  DisputeSettings,
  DisputeSettingsBody,
  EscalateBody,
  ResolveBody,
  WriteBody,
} from "./dispute-schema.ts";

const reading = { audience: "operator", scope: "commissions:read" } as const;
const writing = { audience: "operator", scope: "commissions:write" } as const;
const setting = { audience: "operator", scope: "program:write" } as const;
const tags = ["Operator"];

/** The desk where the operator's team settles disputes. */
export const deskRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/disputes",
      config: { access: reading },
      schema: {
        operationId: "listAllDisputes",
        tags,
        summary: "List all disputes",
        querystring: DeskQuery,
        response: { 200: DeskDisputePage },
      },
      handler: (request) => commissions.findDisputes(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/disputes/settings",
      config: { access: reading },
      schema: {
        operationId: "getDisputeSettings",
        tags,
        summary: "How long disputes may take",
        response: { 200: DisputeSettings },
      },
      handler: (request) => commissions.getDisputeSettings(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/commissions/disputes/settings",
      config: { access: setting },
      schema: {
        operationId: "changeDisputeSettings",
        tags,
        summary: "Change how long disputes may take",
        description: "What is not given stays. Due times that are set stay, too: the next step takes the new days.",
        body: DisputeSettingsBody,
        response: { 200: DisputeSettings },
      },
      handler: (request) => commissions.changeDisputeSettings(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/disputes/:id",
      config: { access: reading },
      schema: {
        operationId: "getAnyDispute",
        tags,
        summary: "Get a dispute, with evidence and notes",
        params: DisputeParams,
        response: { 200: DeskDisputeDetail },
      },
      handler: (request) => commissions.getDisputeFor(request.ctx, { disputeId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/disputes/:id/messages",
      config: { access: writing },
      schema: {
        operationId: "writeInDispute",
        tags,
        summary: "Ask or tell the partner, or note something",
        params: DisputeParams,
        body: WriteBody,
        response: { 200: DeskDisputeDetail },
      },
      handler: (request) => commissions.writeInDispute(request.ctx, { disputeId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/disputes/:id/assign",
      config: { access: writing },
      schema: {
        operationId: "assignDispute",
        tags,
        summary: "Say who looks at a dispute",
        params: DisputeParams,
        body: AssignBody,
        response: { 200: DeskDisputeDetail },
      },
      handler: (request) => commissions.assignDispute(request.ctx, { disputeId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/disputes/:id/escalate",
      config: { access: writing },
      schema: {
        operationId: "escalateDispute",
        tags,
        summary: "Hand a dispute to a second reviewer",
        description: "Whoever escalates it is the first; another person settles it.",
        params: DisputeParams,
        body: EscalateBody,
        response: { 200: DeskDisputeDetail },
      },
      handler: (request) => commissions.escalateDispute(request.ctx, { disputeId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/commissions/disputes/:id/resolve",
      config: { access: writing },
      schema: {
        operationId: "resolveDispute",
        tags,
        summary: "Settle a dispute",
        description:
          "Each outcome is booked by new entries. To adjust by more than the programme's approval limit of the currency, escalate first: another person decides.",
        params: DisputeParams,
        body: ResolveBody,
        response: { 200: DeskDispute },
      },
      handler: (request) => commissions.resolveDispute(request.ctx, { disputeId: request.params.id, ...request.body }),
    });
  };
