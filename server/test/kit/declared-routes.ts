import type { FastifyBaseLogger } from "fastify";
import type { Composition } from "../../src/app/compose.ts";
import {
  type Access,
  type App,
  createHttpServer,
  type IdempotencyPolicy,
  type Routes,
} from "../../src/platform/http/index.ts";

/** A route as it was declared: what tables over every route are made from. */
export type DeclaredRoute = {
  /** `GET /api/v1/partners/profile`. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly access: Access;
  readonly idempotency: IdempotencyPolicy;
  readonly schema: { readonly body?: unknown; readonly querystring?: unknown; readonly params?: unknown };
  /** Pages and preflights: not part of the documented API. */
  readonly isHidden: boolean;
};

export type Everything = {
  readonly http: App;
  readonly routes: readonly DeclaredRoute[];
  /** What was answered with a 500 since it was last asked, with its cause: a test shows it. */
  takeFailures(): unknown[];
};

/**
 * The whole program behind HTTP, with its routes as declared. Nobody's requests are counted: limits have tests of their own, and a table
 * over every route would meet them. It stands behind a proxy, so that a test says from where a request comes.
 */
export async function serveEverything(app: Composition): Promise<Everything> {
  const routes: DeclaredRoute[] = [];
  const failures: unknown[] = [];
  const http = await createHttpServer({
    ...app.guards,
    limit: () => Promise.resolve(),
    logger: failuresInto(failures),
    routes: [declaredInto(routes), ...app.routes],
    trustProxy: true,
    publicUrl: "http://operator.test",
  });
  await http.ready();
  return { http, routes, takeFailures: () => failures.splice(0) };
}

const declaredInto =
  (routes: DeclaredRoute[]): Routes =>
  (app) => {
    app.addHook("onRoute", ({ method, url, config, schema }) => {
      for (const one of [method].flat()) {
        if (one === "HEAD" || one === "OPTIONS" || config?.access === undefined) continue;
        routes.push({
          name: `${one} ${url}`,
          method: one as DeclaredRoute["method"],
          url,
          access: config.access,
          idempotency: config.idempotency ?? (one === "POST" ? "optional" : "none"),
          schema: (schema ?? {}) as DeclaredRoute["schema"],
          isHidden: schema?.hide === true,
        });
      }
    });
  };

/** A log that keeps what is unexpected, and nothing else. */
function failuresInto(failures: unknown[]): FastifyBaseLogger {
  const quiet = (): void => {};
  const logger = {
    level: "error",
    fatal: quiet,
    warn: quiet,
    info: quiet,
    debug: quiet,
    trace: quiet,
    silent: quiet,
    error: (entry: unknown) => {
      const isError = typeof entry === "object" && entry !== null && "err" in entry;
      failures.push(isError ? entry.err : entry);
    },
    child: () => logger,
  };
  return logger as unknown as FastifyBaseLogger;
}
