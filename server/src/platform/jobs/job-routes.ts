import { Type } from "typebox";
import { pageOfRows } from "../database/index.ts";
import { Instant, Nullable, pageOf, pageQuery, type Routes } from "../http/index.ts";
import type { JobView as Job, JobList } from "./find-jobs.ts";

const JobView = Type.Object(
  {
    name: Type.String({ examples: ["commissions.approve_due"] }),
    schedule: Type.String({ description: "Five cron fields, UTC", examples: ["*/5 * * * *"] }),
    startedAt: Nullable(Instant("When the latest run began; null where there was none")),
    progress: Type.Integer({ minimum: 0, description: "What that run has done so far, as the job counts it" }),
    finishedAt: Nullable(Instant("When that run ended; null while it goes on, and where its process died")),
    durationMs: Nullable(Type.Integer({ minimum: 0, description: "How long that run took" })),
    succeededAt: Nullable(Instant("When a run last ended well")),
    failures: Type.Integer({ minimum: 0, description: "Runs that ended badly, ever" }),
    error: Nullable(
      Type.String({ description: "The code of what made the latest run fail", examples: ["postgres.40P01"] }),
    ),
    nextRunAt: Nullable(Instant("When it wakes next")),
    lagSeconds: Nullable(
      Type.Integer({
        minimum: 0,
        description: "How long the run is overdue that should have followed the last success",
      }),
    ),
  },
  {
    $id: "ScheduledJob",
    description: "Work that wakes on a schedule. Times are the machine's: a clock in test mode does not move them",
  },
);

const JobQuery = Type.Object(pageQuery(["name", "-name"]), { additionalProperties: false });
const SORTS = { name: ({ name }: Job) => name };

/** Scheduled jobs, for the operator's people. */
export const jobRoutes =
  (jobs: JobList): Routes =>
  (app) => {
    app.get(
      "/api/v1/admin/jobs",
      {
        config: { access: { audience: "operator", scope: "program:read" } },
        schema: {
          operationId: "listJobs",
          tags: ["Operator"],
          summary: "Scheduled jobs: last success, next run, lag",
          querystring: JobQuery,
          response: { 200: pageOf(JobView) },
        },
      },
      async (request) =>
        pageOfRows(await jobs.listJobs(request.ctx), request.query, { sorts: SORTS, defaultSort: "name" }),
    );
  };
