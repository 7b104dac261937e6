import type { Access, Routes } from "../platform/http/index.ts";
import {
  DeliveryDetailView,
  DeliveryPage,
  DeliveryQuery,
  DeliveryView,
  ReplayBody,
  ReplayView,
  WebhookParams,
} from "./webhook-schema.ts";
import type { WebhookService } from "./webhook-service.ts";

const TAGS = ["Webhooks"];

/** What is on its way to endpoints, and what became of it. */
export const deliveryRoutes =
  (webhooks: WebhookService, { reading, writing }: { readonly reading: Access; readonly writing: Access }): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/webhooks/deliveries",
      config: { access: reading },
      schema: {
        operationId: "listWebhookDeliveries",
        tags: TAGS,
        summary: "Deliveries",
        querystring: DeliveryQuery,
        response: { 200: DeliveryPage },
      },
      handler: ({ ctx, query: { limit, cursor, sort, ...filter } }) =>
        webhooks.listDeliveries(ctx, {
          filter,
          page: {
            ...(limit === undefined ? {} : { limit }),
            ...(cursor === undefined ? {} : { cursor }),
            ...(sort === undefined ? {} : { sort }),
          },
        }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/webhooks/deliveries/:id",
      config: { access: reading },
      schema: {
        operationId: "getWebhookDelivery",
        tags: TAGS,
        summary: "A delivery with what was sent and answered",
        params: WebhookParams,
        response: { 200: DeliveryDetailView },
      },
      handler: (request) => webhooks.getDelivery(request.ctx, request.params),
    });
    app.route({
      method: "POST",
      url: "/api/v1/webhooks/deliveries/:id/replay",
      config: { access: writing, successStatus: 202 },
      schema: {
        operationId: "replayWebhookDelivery",
        tags: TAGS,
        summary: "Send an event again",
        params: WebhookParams,
        response: { 202: DeliveryView },
      },
      handler: async (request, reply) =>
        reply.code(202).send(await webhooks.replayDelivery(request.ctx, request.params)),
    });
    app.route({
      method: "POST",
      url: "/api/v1/webhooks/replay",
      config: { access: writing, successStatus: 202 },
      schema: {
        operationId: "replayWebhooks",
        tags: TAGS,
        summary: "Send what an endpoint has missed",
        description:
          "Dead deliveries of the range, and what happened while the endpoint was off or not there yet, of the last 30 days; with `includeDelivered` all of the range.",
        body: ReplayBody,
        response: { 202: ReplayView },
      },
      handler: async ({ ctx, body }, reply) => {
        const { endpointId, includeDelivered = false, from, to, cursor } = body;
        const range = { endpointId, includesDelivered: includeDelivered, from: new Date(from), cursor };
        return reply
          .code(202)
          .send(await webhooks.replayRange(ctx, { ...range, to: to === undefined ? undefined : new Date(to) }));
      },
    });
  };
