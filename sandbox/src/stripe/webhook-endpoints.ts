import type { Stripe } from "stripe";
import { invalidParameter, notFound } from "./api-error.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import { changedMetadata } from "./parameters.ts";
import type { EndpointRecord, EventRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

export type WebhookEndpointInput = {
  readonly url: string;
  readonly connect?: boolean;
  /** `*` for all. */
  readonly enabledEvents?: readonly string[];
  /** `whsec_…`; made when not given. */
  readonly secret?: string;
};

/** https://docs.stripe.com/api/webhook_endpoints */
export const webhookEndpointEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/webhook_endpoints",
    prepare: ({ parameters }) => {
      const url = parameters.requiredText("url");
      if (!URL.canParse(url)) throw invalidParameter("url", `Invalid URL: ${url}`, "url_invalid");
      const enabledEvents = parameters.list("enabled_events");
      if (enabledEvents === undefined) {
        throw invalidParameter("enabled_events", "Missing required param: enabled_events.", "parameter_missing");
      }
      const connect = parameters.boolean("connect") ?? false;
      const metadata = changedMetadata({}, parameters.metadata());
      const description = parameters.text("description") ?? null;
      parameters.ignore("api_version");
      return () => {
        const record = addWebhookEndpoint(world, { url, connect, enabledEvents });
        const endpoint = { ...record.endpoint, metadata, description };
        world.records.endpoints.put({ ...record, endpoint });
        // The secret is told once, when the endpoint is made.
        return { ...endpoint, secret: record.secret };
      };
    },
  },
  {
    method: "GET",
    url: "/v1/webhook_endpoints",
    prepare: ({ parameters }) => {
      const page = readPage(parameters);
      return () =>
        page(
          world.records.endpoints.all().map(({ endpoint }) => endpoint),
          "/v1/webhook_endpoints",
        );
    },
  },
  {
    method: "GET",
    url: "/v1/webhook_endpoints/:id",
    prepare: (call) => () => getEndpoint(world, call).endpoint,
  },
  {
    method: "DELETE",
    url: "/v1/webhook_endpoints/:id",
    prepare: (call) => () => {
      const { id } = getEndpoint(world, call);
      world.records.endpoints.remove(id);
      return { id, object: "webhook_endpoint", deleted: true };
    },
  },
];

/** Adds an endpoint; in place of one with the same URL and kind, so that a restart adds none. */
export function addWebhookEndpoint(world: StripeWorld, input: WebhookEndpointInput): EndpointRecord {
  const isConnect = input.connect ?? false;
  const same = world.records.endpoints
    .all()
    .find((each) => each.endpoint.url === input.url && each.isConnect === isConnect);
  const id = same?.id ?? newId("we");
  const endpoint: Stripe.WebhookEndpoint = {
    id,
    object: "webhook_endpoint",
    api_version: null,
    application: isConnect ? "ca_sandbox" : null,
    created: toSeconds(world.now()),
    description: null,
    enabled_events: [...(input.enabledEvents ?? ["*"])],
    livemode: false,
    metadata: {},
    status: "enabled",
    url: input.url,
  };
  return world.records.endpoints.put({ id, endpoint, isConnect, secret: input.secret ?? newId("whsec", 32) });
}

/** The endpoints that an event is delivered to: of its kind, and which ask for its type. */
export const endpointsFor = (world: StripeWorld, event: EventRecord): EndpointRecord[] =>
  world.records.endpoints
    .all()
    .filter(({ isConnect }) => isConnect === (event.account !== undefined))
    .filter(({ endpoint }) => endpoint.enabled_events.some((type) => type === "*" || type === event.type));

function getEndpoint(world: StripeWorld, call: Call): EndpointRecord {
  const id = call.ids["id"] ?? "";
  const record = world.records.endpoints.get(id);
  if (record === undefined) throw notFound("webhook endpoint", id);
  return record;
}
