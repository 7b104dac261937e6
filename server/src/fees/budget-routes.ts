import { FILE_BODY_BYTES, FILE_RESPONSE, sendFile } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  AdminBudgetClaimQuery,
  AdminBudgetQuery,
  ApproveClaimBody,
  Budget,
  BudgetClaim,
  BudgetClaimPage,
  BudgetClaimParams,
  BudgetClaimQuery,
  BudgetPage,
  BudgetQuery,
  ClaimBudgetBody,
  GrantBudgetBody,
  ProofParams,
  RejectClaimBody,
} from "./budget-schema.ts";
import type { FeeService } from "./fee-service.ts";

const own = { audience: "partner", scope: "own:fees:read" } as const;
const claiming = { audience: "partner", scope: "own:fees:write" } as const;
const reading = { audience: "operator", scope: "fees:read" } as const;
const writing = { audience: "operator", scope: "fees:write" } as const;
const tags = ["Budgets"];

/** Budgets for marketing: the partner's own, with what it claims of them, and what the operator decides. */
export const budgetRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    partnerRoutes(fees)(app);
    operatorRoutes(fees)(app);
  };

const partnerRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/budgets",
      config: { access: own },
      schema: {
        operationId: "listBudgets",
        tags,
        summary: "List the own budgets",
        querystring: BudgetQuery,
        response: { 200: BudgetPage },
      },
      handler: (request) => fees.getBudgets(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/budgets/claims",
      config: { access: own },
      schema: {
        operationId: "listBudgetClaims",
        tags,
        summary: "List the own claims",
        querystring: BudgetClaimQuery,
        response: { 200: BudgetClaimPage },
      },
      handler: (request) => fees.getClaims(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/budgets/claims",
      config: { access: claiming, idempotency: "required", successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "claimBudget",
        tags,
        summary: "Claim what was spent",
        description: "With proof. It is set aside of the budget until the operator has decided.",
        body: ClaimBudgetBody,
        response: { 201: BudgetClaim },
      },
      handler: async (request, reply) => reply.code(201).send(await fees.claimBudget(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/budgets/files/:id",
      config: { access: own },
      schema: {
        operationId: "getBudgetProof",
        tags,
        summary: "Proof of an own claim",
        params: ProofParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendFile(reply, await fees.getProof(request.ctx, { fileId: request.params.id })),
    });
  };

const operatorRoutes =
  (fees: FeeService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/fees/budgets",
      config: { access: reading },
      schema: {
        operationId: "listAllBudgets",
        tags,
        summary: "List all budgets",
        querystring: AdminBudgetQuery,
        response: { 200: BudgetPage },
      },
      handler: (request) => fees.findBudgets(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fees/budgets",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "grantBudget",
        tags,
        summary: "Grant a budget",
        description: "Beside what the partner's terms grant each quarter by themselves. A budget that is there grows.",
        body: GrantBudgetBody,
        response: { 201: Budget },
      },
      handler: async (request, reply) => reply.code(201).send(await fees.grantBudget(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/fees/budgets/claims",
      config: { access: reading },
      schema: {
        operationId: "listAllBudgetClaims",
        tags,
        summary: "List all claims",
        querystring: AdminBudgetClaimQuery,
        response: { 200: BudgetClaimPage },
      },
      handler: (request) => fees.findClaims(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fees/budgets/claims/:id/approve",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "approveBudgetClaim",
        tags,
        summary: "Approve a claim, or a part of it",
        description:
          "What is approved is earned at once, and paid as everything that is earned. Above the programme's approval limit a second person approves the same amount.",
        params: BudgetClaimParams,
        body: ApproveClaimBody,
        response: { 200: BudgetClaim },
      },
      handler: (request) => fees.approveClaim(request.ctx, { claimId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/fees/budgets/claims/:id/reject",
      config: { access: writing },
      schema: {
        operationId: "rejectBudgetClaim",
        tags,
        summary: "Reject a claim",
        description: "Its amount may be claimed again.",
        params: BudgetClaimParams,
        body: RejectClaimBody,
        response: { 200: BudgetClaim },
      },
      handler: (request) => fees.rejectClaim(request.ctx, { claimId: request.params.id, ...request.body }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/fees/budgets/files/:id",
      config: { access: reading },
      schema: {
        operationId: "getAnyBudgetProof",
        tags,
        summary: "Proof of any claim",
        params: ProofParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendFile(reply, await fees.getProofFor(request.ctx, { fileId: request.params.id })),
    });
  };
