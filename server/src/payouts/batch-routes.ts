import { type Routes } from "../platform/http/index.ts";
import {
  ApproveBatchBody,
  BatchParams,
  BatchQuery,
  CurrencySettingsBody,
  MadeBatch,
  MakeBatchBody,
  PayoutBatch,
  PayoutBatchPage,
  PreviewPage,
  PreviewQuery,
  RefuseBatchBody,
  ReleasedBatch,
  SettingsBody,
  SettingsView,
} from "./batch-schema.ts";
import type { PayoutService } from "./payout-service.ts";

const reading = { audience: "operator", scope: "payouts:read" } as const;
const writing = { audience: "operator", scope: "payouts:process" } as const;
const approving = { audience: "operator", scope: "payouts:approve" } as const;
const setting = { audience: "operator", scope: "program:write" } as const;
const tags = ["Operator"];

/** Batches of payouts: preview, make, approve, release, follow; and how the programme pays. */
export const batchRoutes =
  (payouts: PayoutService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts/preview",
      config: { access: reading },
      schema: {
        operationId: "previewPayouts",
        tags,
        summary: "Whom the next release would pay, and what is withheld and why",
        description: "Partners with money or debt in a currency, the largest balance first. Changes nothing.",
        querystring: PreviewQuery,
        response: { 200: PreviewPage },
      },
      handler: (request) => payouts.previewPayouts(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payouts/settings",
      config: { access: reading },
      schema: {
        operationId: "getPayoutSettings",
        tags,
        summary: "How the programme pays",
        response: { 200: SettingsView },
      },
      handler: (request) => payouts.getPayoutSettings(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/payouts/settings",
      config: { access: setting },
      schema: {
        operationId: "changePayoutSettings",
        tags,
        summary: "Change how the programme pays",
        description: "What is not given stays. A person has shown just now who they are (`auth.step_up_required`).",
        body: SettingsBody,
        response: { 200: SettingsView },
      },
      handler: (request) => payouts.changePayoutSettings(request.ctx, request.body),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/payouts/settings/currency",
      config: { access: setting },
      schema: {
        operationId: "changePayoutCurrency",
        tags,
        summary: "Set limit, fees and schedule of one currency",
        description:
          "A partner's own schedule goes before the programme's. A fee holds for payouts that are asked for from now on. A person has shown just now who they are (`auth.step_up_required`).",
        body: CurrencySettingsBody,
        response: { 200: SettingsView },
      },
      handler: (request) => payouts.changeCurrencySettings(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-batches",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "makePayoutBatch",
        tags,
        summary: "Make a batch of what waits",
        description:
          "Payouts that may leave now, oldest first; nothing more comes into it. Where they, and what left in the last day without a second person, are more than the limit, it waits for one.",
        body: MakeBatchBody,
        response: { 201: MadeBatch },
      },
      handler: async (request, reply) => reply.code(201).send(await payouts.makeBatch(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payout-batches",
      config: { access: reading },
      schema: {
        operationId: "listPayoutBatches",
        tags,
        summary: "List batches",
        querystring: BatchQuery,
        response: { 200: PayoutBatchPage },
      },
      handler: (request) => payouts.findBatches(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/payout-batches/:id",
      config: { access: reading },
      schema: {
        operationId: "getPayoutBatch",
        tags,
        summary: "Follow a batch",
        description: "How many of its payouts stand where. The payouts themselves: the list of payouts with `batchId`.",
        params: BatchParams,
        response: { 200: PayoutBatch },
      },
      handler: (request) => payouts.getBatch(request.ctx, { batchId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-batches/:id/approve",
      config: { access: approving },
      schema: {
        operationId: "approvePayoutBatch",
        tags,
        summary: "Approve a batch as the second person",
        description: "By a person who has signed in, and not the one who made it, by themselves or by a key of theirs.",
        params: BatchParams,
        body: ApproveBatchBody,
        response: { 200: PayoutBatch },
      },
      handler: (request) => payouts.approveBatch(request.ctx, { batchId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-batches/:id/refuse",
      config: { access: approving },
      schema: {
        operationId: "refusePayoutBatch",
        tags,
        summary: "Refuse a batch: its money is the partners' balance again",
        params: BatchParams,
        body: RefuseBatchBody,
        response: { 200: PayoutBatch },
      },
      handler: (request) => payouts.refuseBatch(request.ctx, { batchId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-batches/:id/release",
      config: { access: writing, idempotency: "required" },
      schema: {
        operationId: "releasePayoutBatch",
        tags,
        summary: "Release a batch to the providers",
        description: "What may not leave now is named, and waits again outside of the batch.",
        params: BatchParams,
        response: { 200: ReleasedBatch },
      },
      handler: (request) => payouts.releaseBatch(request.ctx, { batchId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/payout-batches/:id/cancel",
      config: { access: writing },
      schema: {
        operationId: "cancelPayoutBatch",
        tags,
        summary: "Take a batch apart: its payouts wait again",
        params: BatchParams,
        response: { 200: PayoutBatch },
      },
      handler: (request) => payouts.cancelBatch(request.ctx, { batchId: request.params.id }),
    });
  };
