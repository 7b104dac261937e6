import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { runningClock, type SandboxClock } from "../clock.ts";
import { openRecords } from "../records/record-store.ts";
import { guardHost } from "../servers/guard-host.ts";
import { listenOnLoopback } from "../servers/listen-on-loopback.ts";
import { createFaults, type Faults } from "../stripe/faults.ts";
import { create, ENDPOINTS, list, read } from "./core-api.ts";
import { CoreApiError, type Json, MARQETA_KINDS, type MarqetaKinds, type MarqetaWorld } from "./marqeta-world.ts";
import type { Post } from "./post.ts";
import { createPurchases, type Purchases } from "./purchases.ts";
import { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

export type MarqetaSandboxOptions = {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly applicationToken?: string;
  readonly adminToken?: string;
  /** The machine's when not given. */
  readonly clock?: SandboxClock;
  /** Where the state is kept; in memory alone when not given. */
  readonly file?: string;
  /** How gateways and webhooks are reached; over HTTP when not given. */
  readonly post?: Post;
  /** Numbers of cards stand unmasked in all that is sent. The issuer itself never does that unasked. */
  readonly showsNumbers?: boolean;
};

export type MarqetaSandbox = {
  /** The base of the API, with its version. */
  readonly url: string;
  readonly port: number;
  readonly applicationToken: string;
  readonly adminToken: string;
  readonly faults: Faults;
  readonly purchases: Purchases;
  readonly webhooks: WebhookSender;
  /** What was made, by kind: `users`, `cards`, `cardTransitions`. */
  made(kind: Exclude<keyof MarqetaKinds, "numbers" | "transactions" | "messages">): readonly Json[];
  /** The numbers of the cards: to look for where they must not be. */
  numbers(): readonly string[];
  /** Every request of the API that came, answered or not. */
  requests(): readonly string[];
  close(): Promise<void>;
};

const BASE = "/v3";
const postOverHttp: Post = async (url, { headers, body, timeoutMs }) => {
  const answer = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(timeoutMs) });
  return { status: answer.status, body: await answer.text() };
};

/** Starts a stand-in for Marqeta's Core API on 127.0.0.1. */
export async function startMarqetaSandbox(options: MarqetaSandboxOptions = {}): Promise<MarqetaSandbox> {
  const { applicationToken = "sandbox_application", adminToken = "sandbox_admin", post = postOverHttp } = options;
  const { records, atomically, close: closeRecords } = openRecords<MarqetaKinds>(MARQETA_KINDS, options.file);
  const { publish, sender } = createWebhookSender({ records }, post);
  const world: MarqetaWorld = {
    records,
    clock: options.clock ?? runningClock(),
    showsNumbers: options.showsNumbers ?? false,
    emit: publish,
  };
  const faults = createFaults();
  const requests: string[] = [];
  const credentials = `Basic ${Buffer.from(`${applicationToken}:${adminToken}`).toString("base64")}`;

  const server = Fastify({ forceCloseConnections: true });
  guardHost(server);
  server.setErrorHandler((error, _request, reply) => {
    const known = error instanceof CoreApiError ? error : new CoreApiError("400057", "The body cannot be read");
    void reply.code(known.status).send(known.body);
  });
  server.addHook("onRequest", async (request) => {
    if (request.headers.authorization !== credentials) throw new CoreApiError("401001", "Not authorized");
  });

  /** Answers as the API does, with the planned fault, if any. */
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    act: () => Json,
  ): Promise<unknown> => {
    const path = request.url.slice(BASE.length).split("?")[0] ?? "";
    requests.push(`${request.method} ${path}`);
    const fault = faults.take(request.method, path);
    switch (fault?.kind) {
      case "timeout_before_acting":
        return reply.hijack();
      case "drop_before_acting":
        return drop(request, reply);
      case "rate_limit":
        throw new CoreApiError("429001", "Too many requests");
      case "key_in_use":
        throw new CoreApiError("409001", "Token already associated with a different payload");
      case "error_before_acting":
      case "unavailable":
        throw new CoreApiError("500000", "Something went wrong");
      default:
        await faults.pass(fault);
    }
    const body = atomically(act);
    if (fault?.kind === "timeout_after_acting") return reply.hijack();
    if (fault?.kind === "drop_after_acting") return drop(request, reply);
    if (fault?.kind === "error_after_acting") throw new CoreApiError("500000", "Something went wrong");
    return reply.code(status).send(body);
  };

  for (const endpoint of ENDPOINTS) {
    const url = `${BASE}${endpoint.path}`;
    server.post(url, (request, reply) =>
      answer(request, reply, 201, () => create(world, endpoint, (request.body ?? {}) as Json)),
    );
    server.get(url, (request, reply) =>
      answer(request, reply, 200, () => list(world, endpoint, request.query as Json)),
    );
    server.get<{ Params: { token: string }; Querystring: { show_pan?: string } }>(`${url}/:token`, (request, reply) =>
      answer(request, reply, 200, () => read(world, endpoint, request.params.token, request.query.show_pan === "true")),
    );
  }

  const listening = await listenOnLoopback(server, options.port ?? 0);
  return {
    url: `${listening.url}${BASE}`,
    port: listening.port,
    applicationToken,
    adminToken,
    faults,
    purchases: createPurchases(world, post),
    webhooks: sender,
    made: (kind) => records[kind].all().map(({ object }) => object),
    numbers: () => records.numbers.all().map(({ pan }) => pan),
    requests: () => requests,
    close: async () => {
      faults.release();
      await server.close();
      await sender.idle();
      closeRecords();
    },
  };
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.raw.socket.destroy();
  return reply.hijack();
}
