import { Nullable, type Routes } from "../platform/http/index.ts";
import { adminPayoutRoutes } from "./admin-payout-routes.ts";
import { batchRoutes } from "./batch-routes.ts";
import {
  AutoPayoutBody,
  AutoPayoutList,
  AutoPayoutView,
  MethodKinds,
  PaymentMethodBody,
  PaymentMethodView,
  Payout,
  PayoutDetail,
  PayoutPage,
  PayoutParams,
  PayoutQuery,
  RequestPayoutBody,
} from "./payout-schema.ts";
import type { PayoutService } from "./payout-service.ts";
import { statementRoutes } from "./statement-routes.ts";

const reading = { audience: "partner", scope: "own:payouts:read" } as const;
const writing = { audience: "partner", scope: "own:payouts:write" } as const;

/** Payouts: a partner's own, and the operator's. */
export const payoutRoutes =
  (payouts: PayoutService): Routes =>
  (app) => {
    adminPayoutRoutes(payouts)(app);
    batchRoutes(payouts)(app);
    statementRoutes(payouts)(app);
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts",
      config: { access: reading },
      schema: {
        operationId: "getPayoutHistory",
        tags: ["Payouts"],
        summary: "List payouts",
        querystring: PayoutQuery,
        response: { 200: PayoutPage },
      },
      handler: (request) => payouts.getPayoutHistory(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/payouts/request",
      config: { access: writing, idempotency: "required", successStatus: 201 },
      schema: {
        operationId: "requestPayout",
        tags: ["Payouts"],
        summary: "Request payout",
        description:
          "Reserves a part or all of what is available, from the terms' minimum up. The operator releases it.",
        body: RequestPayoutBody,
        response: { 201: Payout },
      },
      handler: async (request, reply) => reply.code(201).send(await payouts.requestPayout(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts/:id",
      config: { access: reading },
      schema: {
        operationId: "getPayout",
        tags: ["Payouts"],
        summary: "Get payout details",
        params: PayoutParams,
        response: { 200: PayoutDetail },
      },
      handler: (request) => payouts.getPayout(request.ctx, { payoutId: request.params.id }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/partners/payouts/:id/cancel",
      config: { access: writing },
      schema: {
        operationId: "cancelPayout",
        tags: ["Payouts"],
        summary: "Take back a waiting payout",
        params: PayoutParams,
        response: { 200: Payout },
      },
      handler: (request) => payouts.cancelPayout(request.ctx, { payoutId: request.params.id }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts/method",
      config: { access: reading },
      schema: {
        operationId: "getPaymentMethod",
        tags: ["Payouts"],
        summary: "How the partner is paid",
        response: { 200: Nullable(PaymentMethodView) },
      },
      handler: (request) => payouts.getPaymentMethod(request.ctx),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts/method/kinds",
      config: { access: reading },
      schema: {
        operationId: "listPaymentMethodKinds",
        tags: ["Payouts"],
        summary: "The ways of being paid that can be chosen here",
        response: { 200: MethodKinds },
      },
      handler: (request) => payouts.findMethodKinds(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/partners/payouts/method",
      config: { access: { audience: "partner", scope: "own:payout-method:write" } },
      schema: {
        operationId: "updatePaymentMethod",
        tags: ["Payouts"],
        summary: "Update payment method",
        description:
          "Of a kind that `listPaymentMethodKinds` names. Stripe answers with a single-use page where the account is completed; asked again it gives a fresh one. What was released and not yet sent to the method before waits to be released again.",
        body: PaymentMethodBody,
        response: { 200: PaymentMethodView },
      },
      handler: (request) => payouts.updatePaymentMethod(request.ctx, request.body),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/payouts/schedule",
      config: { access: reading },
      schema: {
        operationId: "getPayoutSchedules",
        tags: ["Payouts"],
        summary: "Schedules by which the partner is paid",
        description: "Its own, by currency. Where it has none, the programme's holds.",
        response: { 200: AutoPayoutList },
      },
      handler: (request) => payouts.getSchedules(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/partners/payouts/schedule",
      config: { access: writing },
      schema: {
        operationId: "scheduleAutoPayout",
        tags: ["Payouts"],
        summary: "Be paid on a schedule",
        description: "Days are days of the programme's time zone. Several that were missed are caught up once.",
        body: AutoPayoutBody,
        response: { 200: AutoPayoutView },
      },
      handler: (request) => payouts.scheduleAutoPayout(request.ctx, request.body),
    });
  };
