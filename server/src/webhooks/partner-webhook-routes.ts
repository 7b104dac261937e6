import type { Routes } from "../platform/http/index.ts";
import {
  CreateEndpointBody,
  EndpointPage,
  EndpointQuery,
  EndpointView,
  NewEndpointView,
  UpdateEndpointBody,
  WebhookParams,
} from "./webhook-schema.ts";
import type { WebhookService } from "./webhook-service.ts";

const URL = "/api/v1/partner-api/webhooks";
const TAGS = ["Partner API"];
const reading = { access: { audience: "partner", scope: "own:webhooks:read" } } as const;
const writing = { access: { audience: "partner", scope: "own:webhooks:write" } } as const;

/** A partner's endpoints under the address of its API; deliveries, pings and replays lie at `/api/v1/webhooks`. */
export const partnerWebhookRoutes =
  (webhooks: WebhookService): Routes =>
  (app) => {
    app.route({
      method: "POST",
      url: URL,
      config: { ...writing, idempotency: "secret", successStatus: 201 },
      schema: {
        operationId: "registerPartnerWebhook",
        tags: TAGS,
        summary: "Register a webhook; its secret is shown once",
        body: CreateEndpointBody,
        response: { 201: NewEndpointView },
      },
      handler: async (request, reply) => reply.code(201).send(await webhooks.createEndpoint(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: URL,
      config: reading,
      schema: {
        operationId: "listPartnerWebhooks",
        tags: TAGS,
        summary: "List your webhooks, without their secrets",
        querystring: EndpointQuery,
        response: { 200: EndpointPage },
      },
      handler: (request) => webhooks.listEndpoints(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: `${URL}/:id`,
      config: reading,
      schema: {
        operationId: "getPartnerWebhook",
        tags: TAGS,
        summary: "Get a webhook, and how it fares",
        params: WebhookParams,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.getEndpoint(request.ctx, request.params),
    });
    app.route({
      method: "PATCH",
      url: `${URL}/:id`,
      config: writing,
      schema: {
        operationId: "updatePartnerWebhook",
        tags: TAGS,
        summary: "Change a webhook",
        params: WebhookParams,
        body: UpdateEndpointBody,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.updateEndpoint(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "DELETE",
      url: `${URL}/:id`,
      config: writing,
      schema: {
        operationId: "deletePartnerWebhook",
        tags: TAGS,
        summary: "Take a webhook away",
        params: WebhookParams,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.deleteEndpoint(request.ctx, request.params),
    });
  };
