import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { accountLinkEndpoints } from "./account-links.ts";
import { accountEndpoints } from "./accounts.ts";
import { type ApiDeps, type ApiRequest, answerRequest, type Reaction } from "./answer-request.ts";
import type { Endpoint } from "./endpoint.ts";
import { eventEndpoints } from "./events.ts";
import { fundsEndpoints } from "./funds.ts";
import { newId } from "./ids.ts";
import { payoutEndpoints } from "./payouts.ts";
import type { StripeWorld } from "./stripe-world.ts";
import { transferReversalEndpoints } from "./transfer-reversals.ts";
import { transferEndpoints } from "./transfers.ts";
import { webhookEndpointEndpoints } from "./webhook-endpoints.ts";

/** A request to the API as it was seen, and what became of it. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  /** The bytes of the body; of a GET its query string. */
  readonly form: string;
  readonly key: string | undefined;
  readonly account: string | undefined;
  readonly outcome: number | "silence" | "drop";
  readonly isReplay: boolean;
};

const endpoints = (world: StripeWorld): readonly Endpoint[] => [
  ...accountEndpoints(world),
  ...accountLinkEndpoints(world),
  ...transferEndpoints(world),
  ...transferReversalEndpoints(world),
  ...payoutEndpoints(world),
  ...fundsEndpoints(world),
  ...eventEndpoints(world),
  ...webhookEndpointEndpoints(world),
];

/** Adds the API's routes to a server of the stand-in. */
export function addApiRoutes(
  server: FastifyInstance,
  deps: ApiDeps & { readonly apiVersion: string; readonly saw: (request: SeenRequest) => void },
): void {
  server.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) =>
    done(null, body),
  );
  for (const endpoint of endpoints(deps.world)) {
    server.route({
      method: endpoint.method,
      url: endpoint.url,
      handler: async (request, reply) => {
        const apiRequest = readRequest(request);
        const reaction = await answerRequest(deps, endpoint, apiRequest);
        const { method, path, form, key, account } = apiRequest;
        const outcome = reaction.kind === "answer" ? reaction.status : reaction.kind;
        const isReplay = reaction.kind === "answer" && reaction.replayed !== undefined;
        deps.saw({ method, path, form, key, account, outcome, isReplay });
        return react(reply, apiRequest, reaction, deps.apiVersion);
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`;
    return reply
      .code(404)
      .header("request-id", newId("req", 14))
      .send({ error: { type: "invalid_request_error", message } });
  });
}

function readRequest(request: FastifyRequest): ApiRequest {
  const [path = "", query = ""] = request.url.split("?");
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    method: request.method,
    path,
    ids: request.params as Record<string, string>,
    form: request.method === "POST" && typeof request.body === "string" ? request.body : query,
    key: header("idempotency-key"),
    account: header("stripe-account"),
    authorization: header("authorization"),
    version: header("stripe-version"),
  };
}

function react(reply: FastifyReply, request: ApiRequest, reaction: Reaction, apiVersion: string): FastifyReply {
  if (reaction.kind === "silence") return reply.hijack();
  if (reaction.kind === "drop") {
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  const { status, body, requestId, replayed } = reaction;
  void reply
    .code(status)
    .header("request-id", requestId)
    .header("stripe-version", request.version ?? apiVersion);
  if (request.key !== undefined) void reply.header("idempotency-key", request.key);
  if (request.account !== undefined) void reply.header("stripe-account", request.account);
  if (replayed !== undefined)
    void reply.header("idempotent-replayed", "true").header("original-request", replayed.requestId);
  return reply.send(body);
}
