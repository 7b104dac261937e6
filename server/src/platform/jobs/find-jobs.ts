import type { Clock } from "../../kernel/clock.ts";
import { type Ctx, requireScope } from "../context.ts";
import type { Database } from "../database/index.ts";
import { findJobRuns, type JobRun } from "./job-runs.ts";
import { lagMs, nextRun } from "./job-schedule.ts";
import type { CronJob } from "./jobs.ts";

/** A scheduled job as one tenant sees it. */
export type JobView = Omit<JobRun, "startedAt"> & {
  readonly schedule: string;
  /** Null where it has never run. */
  readonly startedAt: Date | null;
  readonly nextRunAt: Date | null;
  /** Seconds since the run that should have followed the last success; null where there was none. */
  readonly lagSeconds: number | null;
};

export type JobList = { listJobs(ctx: Ctx): Promise<JobView[]> };

const NEVER: Omit<JobRun, "name" | "startedAt"> = {
  progress: 0,
  finishedAt: null,
  durationMs: null,
  succeededAt: null,
  failures: 0,
  error: null,
};

/** The scheduled jobs with their latest run, by name. `cron` is asked late: it is composed after the routes that show it. */
export const createJobList = (deps: {
  readonly db: Database;
  readonly clock: Clock;
  readonly cron: () => readonly Pick<CronJob, "name" | "schedule">[];
}): JobList => ({
  listJobs: async (ctx) => {
    requireScope(ctx, "program:read");
    const now = deps.clock.now();
    const runs = await deps.db.read(ctx, findJobRuns);
    return deps
      .cron()
      .map(({ name, schedule }) => {
        const run = runs.get(name);
        const { succeededAt } = run ?? NEVER;
        return {
          ...(run ?? { ...NEVER, name, startedAt: null }),
          schedule,
          nextRunAt: nextRun(schedule, now) ?? null,
          lagSeconds: succeededAt === null ? null : Math.floor(lagMs(schedule, { succeededAt, now }) / 1_000),
        };
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  },
});
