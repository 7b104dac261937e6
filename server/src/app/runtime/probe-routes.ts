import type { FastifyBaseLogger } from "fastify";
import { Type } from "typebox";
import { equalsInConstantTime } from "../../platform/crypto/index.ts";
import { type ObserveRequest, Problem, type Routes } from "../../platform/http/index.ts";
import type { Metrics } from "../../platform/metrics/index.ts";
import { type Check, createReadiness } from "./health.ts";

export type ProbeDeps = {
  readonly metrics: Metrics;
  readonly metricsToken: string | undefined;
  readonly checks: readonly Check[];
  /** No new requests should be sent here: it is stopping. */
  readonly isStopping: () => boolean;
};

const Live = Type.Object({ status: Type.Enum(["live"]) }, { examples: [{ status: "live" }] });
const Ready = Type.Object(
  {
    status: Type.Enum(["ready", "failing", "stopping"]),
    checks: Type.Record(Type.String(), Type.Enum(["ok", "failing"])),
  },
  { examples: [{ status: "ready", checks: { database: "ok", migrations: "ok", worker: "ok" } }] },
);

const MetricsText = Type.String({ examples: ["# TYPE tributary_http_request_duration_seconds histogram\n"] });

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
const FORWARDED = ["forwarded", "x-forwarded-for", "x-real-ip"];

/** What load balancers, schedulers and Prometheus ask. */
export const probeRoutes =
  ({ metrics, metricsToken, checks, isStopping }: ProbeDeps): Routes =>
  (app) => {
    const readinessNow = createReadiness(checks);
    app.get(
      "/health/live",
      {
        config: { isProbe: true },
        schema: {
          operationId: "getLiveness",
          tags: ["Health"],
          summary: "Whether the process runs",
          description: "Restart the process when this does not answer. It asks nothing of the database.",
          response: { 200: Live },
        },
      },
      async () => ({ status: "live" as const }),
    );

    app.get(
      "/health/ready",
      {
        config: { isProbe: true },
        schema: {
          operationId: "getReadiness",
          tags: ["Health"],
          summary: "Whether requests may be sent here",
          description: "Each thing that has to be right: the database, the version of its schema, the worker.",
          response: { 200: Ready, 503: Ready },
        },
      },
      async (_request, reply) => {
        const readiness = await readinessNow();
        const status = isStopping() ? "stopping" : readiness.isReady ? "ready" : "failing";
        return reply.code(status === "ready" ? 200 : 503).send({ status, checks: readiness.checks });
      },
    );

    app.get(
      "/metrics",
      {
        config: { isProbe: true },
        schema: {
          operationId: "getMetrics",
          tags: ["Health"],
          summary: "Metrics for Prometheus",
          description:
            "From this machine, or with `Authorization: Bearer` and the METRICS_TOKEN. Nobody else learns that it is there.",
          response: {
            200: { description: "Prometheus' text format", content: { "text/plain": { schema: MetricsText } } },
            404: { description: "Not for this caller", content: { "application/problem+json": { schema: Problem } } },
          },
        },
      },
      async (request, reply) => {
        const { authorization } = request.headers;
        // Through a proxy on this machine every caller seems to be here: what was forwarded needs the token.
        const isLocal =
          LOOPBACK.has(request.socket.remoteAddress ?? "") &&
          FORWARDED.every((name) => request.headers[name] === undefined);
        const hasToken =
          metricsToken !== undefined &&
          authorization !== undefined &&
          equalsInConstantTime(Buffer.from(authorization), Buffer.from(`Bearer ${metricsToken}`));
        if (!isLocal && !hasToken) return reply.callNotFound();
        return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
      },
    );
  };

/** Measures and logs each answer. */
export const observeRequests =
  ({ metrics, logger }: { readonly metrics: Metrics; readonly logger: FastifyBaseLogger | false }): ObserveRequest =>
  (answered) => {
    metrics.observeRequest(answered);
    if (!logger) return;
    const { requestId: reqId, method, route, status, durationMs } = answered;
    logger.debug({ reqId, method, route, status, durationMs }, "answered");
  };
