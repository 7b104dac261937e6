import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import Fastify, { type FastifyBaseLogger, LogController } from "fastify";
import { invariant } from "../../kernel/invariant.ts";
import type { Ctx } from "../context.ts";
import { toPlain } from "../wire.ts";
import type { Access, App, Routes } from "./app.ts";
import { type Caller, createCallerOf } from "./caller.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import type { ObserveRequest } from "./observe.ts";
import { DOCS_PREFIX, registerOpenApi } from "./openapi.ts";
import { answerError, answerNotFound, Problem } from "./problem.ts";
import { parseQuery } from "./query.ts";
import { createRequestValidators } from "./request-validators.ts";
import { secureHeadersOf } from "./secure-headers.ts";
import { addShortcut, type Shortcut } from "./shortcut.ts";
import { checkWhenAsked, createAnswerWriters, writeWhenAsked } from "./when-asked.ts";

export type HttpDeps = {
  readonly logger: FastifyBaseLogger | false;
  readonly routes: readonly Routes[];
  /** Makes the context of a request: tenant by host, actor by credential. Throws catalogue errors. */
  readonly identify: (request: import("fastify").FastifyRequest, caller: Caller) => Promise<Ctx>;
  /** Refuses an actor that the route's access does not admit. */
  readonly authorize: (ctx: Ctx, access: Access) => void;
  /** Counts the request against the caller's limit; sets the headers; throws when it is used up. */
  readonly limit: (request: import("fastify").FastifyRequest, reply: import("fastify").FastifyReply) => Promise<void>;
  /** Is told what an answer is before it is written, also where the caller has hung up meanwhile. */
  readonly answered?: (request: import("fastify").FastifyRequest, reply: import("fastify").FastifyReply) => void;
  /** Whether a proxy of ours stands in front, which adds the caller's address to X-Forwarded-For. */
  readonly trustProxy: boolean;
  readonly publicUrl: string;
  /** Is told of every answer. */
  readonly observe?: ObserveRequest;
  readonly shortcut?: Shortcut;
};

/** Bodies are small: to read and check a large one keeps everybody else waiting. */
const BODY_LIMIT_BYTES = 131_072;
/** For routes whose callers are known and send many things at once: 1,000 transactions fit. More rows go through the command line. */
export const LARGE_BODY_BYTES = 1_048_576;
const REQUEST_TIMEOUT_MS = 60_000;

/** Builds the HTTP server: validation, identity, limits and errors in one place, routes from the modules. */
export async function createHttpServer(deps: HttpDeps): Promise<App> {
  const app: App = Fastify({
    ...(deps.logger ? { loggerInstance: deps.logger } : { logger: false as const }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    // Requests are measured and logged by a hook of the entry point.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200, querystringParser: parseQuery },
    // An address that cannot be read is refused before there is a route.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(checkWhenAsked(createRequestValidators()));
  app.setSerializerCompiler(writeWhenAsked(createAnswerWriters(() => app.getSchemas())));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.addSchema(Problem);
  app.decorateRequest("ctx");

  app.addHook("onRoute", (route) => {
    if (route.url.startsWith(DOCS_PREFIX)) return;
    invariant(
      route.config?.access !== undefined || route.config?.isProbe === true,
      `route ${String(route.method)} ${route.url} declares who may call it`,
    );
  });
  const secureHeaders = secureHeadersOf({ isHttps: deps.publicUrl.startsWith("https:") });
  const headers = { ...secureHeaders, "cache-control": "no-store" };
  const callerOf = createCallerOf(deps.trustProxy);
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers({ ...headers, "x-request-id": request.id });
    const { access } = request.routeOptions.config;
    if (access === undefined) return;
    request.ctx = await deps.identify(request, callerOf(request.raw));
    await deps.limit(request, reply);
    deps.authorize(request.ctx, access);
  });
  // Without a promise: most requests have nothing to wait for here.
  app.addHook("preHandler", (request, _reply, done) => {
    try {
      const idempotency = readIdempotencyKey(request);
      if (idempotency) request.ctx = { ...request.ctx, idempotency };
      done();
    } catch (error) {
      done(error as Error);
    }
  });

  // Serialisers choose among alternatives (an amount or null) by looking at the value, and know plain JSON alone.
  app.addHook("preSerialization", async (_request, _reply, payload) => toPlain(payload));

  const { answered } = deps;
  if (answered !== undefined)
    app.addHook("onSend", (request, reply, _payload, done) => {
      answered(request, reply);
      done();
    });

  const observe = deps.observe ?? (() => {});
  app.addHook("onResponse", (request, reply, done) => {
    observe({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      durationMs: reply.elapsedTime,
    });
    done();
  });

  await app.register(cookie);
  await registerOpenApi(app, { publicUrl: deps.publicUrl });
  for (const add of deps.routes) add(app);
  if (deps.shortcut) addShortcut(app, { shortcut: deps.shortcut, headers, callerOf, observe });
  return app;
}
