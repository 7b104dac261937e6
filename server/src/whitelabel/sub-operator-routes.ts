import { Nullable, type Routes } from "../platform/http/index.ts";
import { shareStatementRoutes } from "./share-statement-routes.ts";
import {
  ContractBody,
  CreateSubOperatorBody,
  LimitsBody,
  OwnLimits,
  ReasonBody,
  SettlementBody,
  SubOperator,
  SubOperatorPage,
  SubOperatorParams,
  SubOperatorQuery,
  SubOperatorSharePage,
  SubOperatorShareQuery,
} from "./sub-operator-schema.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

const reading = { access: { audience: "operator", scope: "sub_operators:read" } } as const;
const writing = { access: { audience: "operator", scope: "sub_operators:write" } } as const;
const settling = { access: { audience: "operator", scope: "fees:write" }, idempotency: "required" } as const;
const tags = ["Sub-operators"];
const LIST = "/api/v1/admin/sub-operators";

/** What each act is for people. */
const ACTS = [
  {
    act: "suspend",
    operationId: "suspendSubOperator",
    summary: "Suspend a sub-operator",
    description:
      "Nobody registers or signs in there, and whoever tries is told the reason. Its links lead on and count, what it sells is recorded and earns, payouts that are due are made.",
    verb: "suspendSubOperator",
  },
  {
    act: "resume",
    operationId: "resumeSubOperator",
    summary: "End the suspension of a sub-operator",
    description: "Everything is served again.",
    verb: "resumeSubOperator",
  },
  {
    act: "remove",
    operationId: "removeSubOperator",
    summary: "Remove a sub-operator for good",
    description:
      "Once nothing is owed: neither shares nor fees, in either direction, nor earnings to its own partners. Its host answers no more, and is nobody else's; its books stay.",
    verb: "removeSubOperator",
  },
] as const;

/** Sub-operators: what their parent does, and what they see of it. */
export const subOperatorRoutes =
  (whitelabel: WhitelabelService): Routes =>
  (app) => {
    shareStatementRoutes(whitelabel)(app);
    app.route({
      method: "GET",
      url: LIST,
      config: reading,
      schema: {
        operationId: "listSubOperators",
        tags,
        summary: "List sub-operators",
        description: "With contract, limits and figures by currency.",
        querystring: SubOperatorQuery,
        response: { 200: SubOperatorPage },
      },
      handler: (request) => whitelabel.findSubOperators(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: LIST,
      config: { ...writing, successStatus: 201 },
      schema: {
        operationId: "createSubOperator",
        tags,
        summary: "Make a partner a sub-operator",
        description:
          "An active partner of the third tier gets a programme of its own, which answers on the host. Its first admin is invited by mail. It begins with the default plan, its rates cut to what is allowed.",
        body: CreateSubOperatorBody,
        response: { 201: SubOperator },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await whitelabel.createWhiteLabelPartner(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: `${LIST}/:id`,
      config: reading,
      schema: {
        operationId: "getSubOperator",
        tags,
        summary: "Get a sub-operator",
        params: SubOperatorParams,
        response: { 200: SubOperator },
      },
      handler: (request) => whitelabel.getWhiteLabelConfig(request.ctx, { id: request.params.id }),
    });
    app.route({
      method: "GET",
      url: `${LIST}/:id/shares`,
      config: reading,
      schema: {
        operationId: "listSubOperatorShares",
        tags,
        summary: "List the shares of a sub-operator's sales",
        description: "Each of its transactions once, with what it changed. Not who bought.",
        params: SubOperatorParams,
        querystring: SubOperatorShareQuery,
        response: { 200: SubOperatorSharePage },
      },
      handler: (request) => whitelabel.findSubOperatorShares(request.ctx, { id: request.params.id, ...request.query }),
    });
    app.route({
      method: "PUT",
      url: `${LIST}/:id/limits`,
      config: writing,
      schema: {
        operationId: "setSubOperatorLimits",
        tags,
        summary: "Set the limits of a sub-operator",
        description:
          "All of them. A limit below what is used refuses what is new (approvals and imports of partners, publications of plans, terms of partners) and takes nothing away.",
        params: SubOperatorParams,
        body: LimitsBody,
        response: { 200: SubOperator },
      },
      handler: (request) => whitelabel.setLimits(request.ctx, { id: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: `${LIST}/:id/contracts`,
      config: writing,
      schema: {
        operationId: "agreeSubOperatorContract",
        tags,
        summary: "Agree on another contract with a sub-operator",
        description:
          "Another mode or share, from now or from a date on. What was sold before keeps its contract. The partner's terms say the same from then on, so that fees follow.",
        params: SubOperatorParams,
        body: ContractBody,
        response: { 200: SubOperator },
      },
      handler: (request) => whitelabel.agreeContract(request.ctx, { id: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: `${LIST}/:id/settlements`,
      config: settling,
      schema: {
        operationId: "settleSubOperatorShare",
        tags,
        summary: "Record that shares were paid, or paid back",
        params: SubOperatorParams,
        body: SettlementBody,
        response: { 200: SubOperator },
      },
      handler: (request) => whitelabel.settleShare(request.ctx, { id: request.params.id, ...request.body }),
    });
    for (const { act, operationId, summary, description, verb } of ACTS)
      app.route({
        method: "PUT",
        url: `${LIST}/:id/${act}`,
        config: writing,
        schema: {
          operationId,
          tags,
          summary,
          description,
          params: SubOperatorParams,
          body: ReasonBody,
          response: { 200: SubOperator },
        },
        handler: (request) => whitelabel[verb](request.ctx, { id: request.params.id, ...request.body }),
      });
    app.route({
      method: "GET",
      url: "/api/v1/partners/sub-operator",
      config: { access: { audience: "partner", scope: "own:profile:read" } },
      schema: {
        operationId: "getOwnSubOperator",
        tags,
        summary: "Get the sub-operator that the partner is; null where it is none",
        response: { 200: Nullable(SubOperator) },
      },
      handler: (request) => whitelabel.getOwnSubOperator(request.ctx),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/program/limits",
      config: { access: { audience: "operator", scope: "program:read" } },
      schema: {
        operationId: "getProgramLimits",
        tags,
        summary: "What the operator above allows this programme",
        response: { 200: OwnLimits },
      },
      handler: (request) => whitelabel.getOwnLimits(request.ctx),
    });
  };
