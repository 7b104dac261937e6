import type { FastifyBaseLogger } from "fastify";
import type { Secrets } from "../../platform/crypto/index.ts";
import { type App, createHttpServer } from "../../platform/http/index.ts";
import type { Metrics } from "../../platform/metrics/index.ts";
import type { Composition } from "../compose.ts";
import { errorPageRoutes } from "../errors/error-page.ts";
import { portalRoutes } from "./portal-routes.ts";
import { observeRequests, type ProbeDeps, probeRoutes } from "./probe-routes.ts";

export type CreateServer = Omit<ProbeDeps, "metrics"> & {
  readonly app: Composition;
  readonly metrics: Metrics;
  readonly logger: FastifyBaseLogger | false;
  readonly secrets: Secrets;
  readonly publicUrl: string;
  readonly trustProxy: boolean;
  /** Health and metrics are always answered; the rest where this process serves the API. */
  readonly servesApi: boolean;
};

/** The HTTP server with everything that it answers. */
export const createServerOf = ({ app, secrets, servesApi, ...input }: CreateServer): Promise<App> =>
  createHttpServer({
    ...app.guards,
    logger: input.logger,
    routes: [probeRoutes(input), ...(servesApi ? [portalRoutes(), ...app.routes, errorPageRoutes] : [])],
    ...(servesApi ? { shortcut: app.shortcut } : {}),
    observe: observeRequests(input),
    trustProxy: input.trustProxy,
    publicUrl: input.publicUrl,
  });
