import { Type } from "typebox";
import { type Routes } from "../platform/http/index.ts";
import {
  AdminPayoutQuery,
  AdminRequestPayoutBody,
  BankFileRequest,
  OperatorPayout,
  OperatorPayoutDetail,
  OperatorPayoutPage,
  Payout,
  PayoutParams,
  ProcessedPayouts,
  ProcessPayoutsBody,
  ReconciliationQuery,
  ReconciliationView,
  RefuseSettlementBody,
  ReturnBody,
  SettleBody,
  SettlementParams,
} from "./payout-schema.ts";
import type { PayoutService } from "./payout-service.ts";

const reading = { audience: "operator", scope: "payouts:read" } as const;
const approving = { audience: "operator", scope: "payouts:approve" } as const;
const writing = { audience: "operator", scope: "payouts:process" } as const;

const csvFile = {
  200: { description: "The file", content: { "text/csv": { schema: Type.String({ format: "binary" }) } } },
};

/** Every partner's payouts, for the operator. */
export const adminPayoutRoutes =
  (payouts: PayoutService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts",
      config: { access: reading },
      schema: {
        operationId: "listAllPayouts",
        tags: ["Operator"],
        summary: "List all payouts",
        querystring: AdminPayoutQuery,
        response: { 200: OperatorPayoutPage },
      },
      handler: (request) => payouts.findPayouts(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/bank-file",
      // It writes down what it hands out, and holds bank details: its answer is not kept.
      config: { access: writing, idempotency: "secret" },
      schema: {
        operationId: "exportBankFile",
        tags: ["Operator"],
        summary: "What is to be paid by hand, for the bank",
        description:
          "CSV: reference (the payout), holder, iban or account_number and bank_code, amount in major units, currency, exported_before. A payment is handed out once, at most 5,000 in a file; `includeExported` hands it out again and says when it was first. What the bank sends back is recorded as a return. A person has shown just now who they are (`auth.step_up_required`).",
        body: BankFileRequest,
        response: csvFile,
      },
      handler: async (request, reply) => {
        const { name, content } = await payouts.exportBankFile(request.ctx, request.body);
        return reply
          .type("text/csv; charset=utf-8; header=present")
          .header("content-disposition", `attachment; filename="${name}"`)
          .send(content);
      },
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts/reconciliation",
      config: { access: reading },
      schema: {
        operationId: "reconcilePayouts",
        tags: ["Operator"],
        summary: "Compare what was transferred with what Stripe says",
        description: "Both ways, for a period; every difference by name. Changes nothing.",
        querystring: ReconciliationQuery,
        response: { 200: ReconciliationView },
      },
      handler: (request) => payouts.reconcilePayouts(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts/:id",
      config: { access: reading },
      schema: {
        operationId: "getAnyPayout",
        tags: ["Operator"],
        summary: "Get a payout",
        params: PayoutParams,
        response: { 200: OperatorPayoutDetail },
      },
      handler: (request) => payouts.getPayoutFor(request.ctx, { payoutId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/request",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "requestPayoutFor",
        tags: ["Operator"],
        summary: "Request a payout for a partner",
        description: "Also below the minimum, and in a currency that has none.",
        body: AdminRequestPayoutBody,
        response: { 201: Payout },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await payouts.requestPayoutFor(request.ctx, request.body)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/process",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "processPayout",
        tags: ["Operator"],
        summary: "Process payouts",
        description:
          "Releases one payout, or what waits, oldest first, to the provider; jobs send it. One that may not leave now is named and stays; asked for by itself it is refused.",
        body: ProcessPayoutsBody,
        response: { 200: ProcessedPayouts },
      },
      handler: (request) => payouts.processPayouts(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/:id/cancel",
      config: { access: writing },
      schema: {
        operationId: "cancelPayoutFor",
        tags: ["Operator"],
        summary: "Cancel a waiting payout",
        params: PayoutParams,
        response: { 200: Payout },
      },
      handler: (request) => payouts.cancelPayoutFor(request.ctx, { payoutId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/:id/return",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "recordReturn",
        tags: ["Operator"],
        summary: "Record that a bank returned a payout that was made by hand",
        description:
          "What has stood in a bank file came back by a name of the bank's (`reference`): otherwise it may be paid there and here again. Above the limit it waits, as `settlement`, for a second person. A person has shown just now who they are (`auth.step_up_required`).",
        params: PayoutParams,
        body: ReturnBody,
        response: { 200: OperatorPayout },
      },
      handler: (request) => payouts.recordReturn(request.ctx, { payoutId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payouts/:id/settle",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "settlePayout",
        tags: ["Operator"],
        summary: "Say what became of a payout that is on its way",
        description:
          "Of one that nobody else can tell of: paid by hand, or by a provider that is not configured any more. Above the limit it waits, as `settlement`, for a second person, and nothing else moves it meanwhile. A person has shown just now who they are (`auth.step_up_required`).",
        params: PayoutParams,
        body: SettleBody,
        response: { 200: OperatorPayout },
      },
      handler: (request) => payouts.settlePayout(request.ctx, { payoutId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-settlements/:id/approve",
      config: { access: approving },
      schema: {
        operationId: "approvePayoutSettlement",
        tags: ["Operator"],
        summary: "Say the same as the second person: it is carried out",
        description:
          "By a person who has signed in, and not the one who said it, by themselves or by a key of theirs. A person has shown just now who they are (`auth.step_up_required`).",
        params: SettlementParams,
        response: { 200: OperatorPayout },
      },
      handler: (request) => payouts.approveSettlement(request.ctx, { settlementId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-settlements/:id/refuse",
      config: { access: approving },
      schema: {
        operationId: "refusePayoutSettlement",
        tags: ["Operator"],
        summary: "Refuse what was said of a payout: it goes on as it was",
        params: SettlementParams,
        body: RefuseSettlementBody,
        response: { 200: OperatorPayout },
      },
      handler: (request) =>
        payouts.refuseSettlement(request.ctx, { settlementId: request.params.id, reason: request.body.reason }),
    });
  };
