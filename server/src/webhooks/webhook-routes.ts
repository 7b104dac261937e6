import type { Routes } from "../platform/http/index.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { describedEvents } from "./describe-events.ts";
import { partnerWebhookRoutes } from "./partner-webhook-routes.ts";
import type { OpenStream } from "./stream-events.ts";
import { streamRoutes } from "./stream-routes.ts";
import {
  CreateEndpointBody,
  DeliveryView,
  EndpointPage,
  EndpointQuery,
  EndpointView,
  EventCatalogue,
  NewEndpointView,
  UpdateEndpointBody,
  WebhookParams,
} from "./webhook-schema.ts";
import type { WebhookService } from "./webhook-service.ts";

const WEBHOOKS_URL = "/api/v1/webhooks";
const ENDPOINTS_URL = `${WEBHOOKS_URL}/endpoints`;
const TAGS = ["Webhooks"];

const reading = {
  audience: "either",
  scopes: { partner: "own:webhooks:read", operator: "webhooks:read" },
} as const;
const writing = {
  audience: "either",
  scopes: { partner: "own:webhooks:write", operator: "webhooks:write" },
} as const;

/** Endpoints and what is sent to them: a partner's own, or the operator's, by who asks. */
export const webhookRoutes =
  (webhooks: WebhookService, openStream: OpenStream): Routes =>
  (app) => {
    streamRoutes(openStream, reading)(app);
    partnerWebhookRoutes(webhooks)(app);
    app.route({
      method: "GET",
      url: `${WEBHOOKS_URL}/events`,
      config: { access: { audience: "public" } },
      schema: {
        operationId: "listWebhookEvents",
        tags: TAGS,
        summary: "The catalogue of events",
        description: "Every event with the JSON Schema of its body and an example.",
        response: { 200: EventCatalogue },
      },
      handler: () => ({ events: describedEvents() }),
    });
    app.route({
      method: "POST",
      url: ENDPOINTS_URL,
      config: { access: writing, idempotency: "secret", successStatus: 201 },
      schema: {
        operationId: "registerWebhook",
        tags: TAGS,
        summary: "Register a webhook; its secret is shown once",
        body: CreateEndpointBody,
        response: { 201: NewEndpointView },
      },
      handler: async (request, reply) => reply.code(201).send(await webhooks.createEndpoint(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: ENDPOINTS_URL,
      config: { access: reading },
      schema: {
        operationId: "listWebhookEndpoints",
        tags: TAGS,
        summary: "Endpoints, without their secrets",
        querystring: EndpointQuery,
        response: { 200: EndpointPage },
      },
      handler: (request) => webhooks.listEndpoints(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: `${ENDPOINTS_URL}/:id`,
      config: { access: reading },
      schema: {
        operationId: "getWebhookEndpoint",
        tags: TAGS,
        summary: "An endpoint and how it fares",
        params: WebhookParams,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.getEndpoint(request.ctx, request.params),
    });
    app.route({
      method: "PATCH",
      url: `${ENDPOINTS_URL}/:id`,
      config: { access: writing },
      schema: {
        operationId: "updateWebhookEndpoint",
        tags: TAGS,
        summary: "Change an endpoint",
        params: WebhookParams,
        body: UpdateEndpointBody,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.updateEndpoint(request.ctx, { ...request.params, ...request.body }),
    });
    app.route({
      method: "POST",
      url: `${ENDPOINTS_URL}/:id/rotate-secret`,
      config: { access: writing, idempotency: "secret" },
      schema: {
        operationId: "rotateWebhookSecret",
        tags: TAGS,
        summary: "Give an endpoint another secret; it is shown once",
        description: "For 24 hours messages are signed with both.",
        params: WebhookParams,
        response: { 200: NewEndpointView },
      },
      handler: (request) => webhooks.rotateSecret(request.ctx, request.params),
    });
    app.route({
      method: "POST",
      url: `${ENDPOINTS_URL}/:id/ping`,
      config: { access: writing, successStatus: 202 },
      schema: {
        operationId: "pingWebhookEndpoint",
        tags: TAGS,
        summary: "Send a test",
        description: "A `webhook.ping` on the way of every event. Read the delivery to see what was answered.",
        params: WebhookParams,
        response: { 202: DeliveryView },
      },
      handler: async (request, reply) => reply.code(202).send(await webhooks.pingEndpoint(request.ctx, request.params)),
    });
    app.route({
      method: "POST",
      url: `${ENDPOINTS_URL}/:id/enable`,
      config: { access: writing },
      schema: {
        operationId: "enableWebhookEndpoint",
        tags: TAGS,
        summary: "Turn an endpoint on again",
        description: "What waits for it goes out. What happened while it was off is sent by a replay.",
        params: WebhookParams,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.enableEndpoint(request.ctx, request.params),
    });
    deliveryRoutes(webhooks, { reading, writing })(app);
    app.route({
      method: "DELETE",
      url: `${ENDPOINTS_URL}/:id`,
      config: { access: writing },
      schema: {
        operationId: "deleteWebhookEndpoint",
        tags: TAGS,
        summary: "Delete an endpoint",
        params: WebhookParams,
        response: { 200: EndpointView },
      },
      handler: (request) => webhooks.deleteEndpoint(request.ctx, request.params),
    });
  };
