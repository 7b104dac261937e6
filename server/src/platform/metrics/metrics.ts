import type { Pool } from "pg";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { type JobFigures, registerJobRuns } from "./job-run-metrics.ts";

/** What the program measures of itself. Labels are names of routes and jobs; never people, partners or addresses. */
export type Metrics = {
  readonly registry: Registry;
  observeRequest(request: { method: string; route: string; status: number; durationMs: number }): void;
  /** Tells these jobs from now on, none of which has ended yet: of what begins at its first failure no alert sees that it grew. */
  expectJobs(jobs: readonly string[]): void;
  countJob(job: string, outcome: "done" | "failed"): void;
};

/** Figures that are read when somebody asks for them. */
export type MetricSources = {
  readonly pool?: Pool;
  readonly readOutbox?: () => Promise<{ waiting: bigint; given_up: bigint; oldest: Date | null }>;
  readonly readJobs?: () => Promise<{ waiting: number; failed: number }>;
  readonly readJobRuns?: () => Promise<readonly JobFigures[]>;
};

/** From one millisecond, a redirect, to ten seconds, when somebody has given up. */
const DURATION_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** While the database is away, everything else is still told. */
const NO_EVENTS_KNOWN = { waiting: Number.NaN, given_up: Number.NaN, oldest: new Date(Number.NaN) };
const NOT_KNOWN = { waiting: Number.NaN, failed: Number.NaN };

/** One registry a program, so that two programs in one process (tests) do not count together. */
export function createMetrics({ pool, readOutbox, readJobs, readJobRuns }: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "tributary_http_request_duration_seconds",
    help: "Time from a request's arrival to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  /** By labels: finding them costs the histogram more than counting. Routes, methods and statuses are few. */
  const requestsBy = new Map<string, Histogram.Internal<"method" | "route" | "status">>();
  const jobs = new Counter({
    name: "tributary_jobs_total",
    help: "Jobs that this process ran, by how they ended; one that failed is tried again",
    labelNames: ["job", "outcome"],
    registers,
  });
  if (pool) {
    new Gauge({
      name: "tributary_database_connections",
      help: "Connections of this process to the database, and requests that wait for one",
      labelNames: ["state"],
      registers,
      collect() {
        this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
        this.set({ state: "idle" }, pool.idleCount);
        this.set({ state: "waited_for" }, pool.waitingCount);
      },
    });
  }
  if (readOutbox) {
    new Gauge({
      name: "tributary_outbox_lag_seconds",
      help: "Age of the oldest event that its listeners have not been told of; 0 where there is none",
      registers,
      async collect() {
        const { oldest } = await readOutbox().catch(() => NO_EVENTS_KNOWN);
        this.set(oldest === null ? 0 : Math.max(0, Date.now() - oldest.getTime()) / 1000);
      },
    });
    new Gauge({
      name: "tributary_outbox_events",
      help: "Events that listeners have not been told of: waiting, and given up after the last attempt",
      labelNames: ["state"],
      registers,
      async collect() {
        const { waiting, given_up } = await readOutbox().catch(() => NO_EVENTS_KNOWN);
        this.set({ state: "waiting" }, Number(waiting));
        this.set({ state: "given_up" }, Number(given_up));
      },
    });
  }
  if (readJobs) {
    new Gauge({
      name: "tributary_jobs_queued",
      help: "Jobs in the queue: waiting, and given up after their last attempt",
      labelNames: ["state"],
      registers,
      async collect() {
        const { waiting, failed } = await readJobs().catch(() => NOT_KNOWN);
        this.set({ state: "waiting" }, waiting);
        this.set({ state: "failed" }, failed);
      },
    });
  }
  if (readJobRuns) registerJobRuns(registers, readJobRuns);
  return {
    registry,
    observeRequest: ({ method, route, status, durationMs }) => {
      const key = `${method} ${status} ${route}`;
      let known = requestsBy.get(key);
      if (known === undefined) {
        known = requests.labels({ method, route, status: String(status) });
        requestsBy.set(key, known);
      }
      known.observe(durationMs / 1000);
    },
    expectJobs: (names) => {
      for (const job of names) for (const outcome of ["done", "failed"]) jobs.inc({ job, outcome }, 0);
    },
    countJob: (job, outcome) => jobs.inc({ job, outcome }),
  };
}
