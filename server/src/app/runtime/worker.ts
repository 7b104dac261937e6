import type { Runner } from "graphile-worker";
import type { Logger } from "pino";
import { startWorker } from "../../platform/jobs/index.ts";
import type { Metrics } from "../../platform/metrics/index.ts";
import { createDispatcher } from "../../platform/outbox/index.ts";
import type { Composition } from "../compose.ts";
import { pause } from "./process-identity.ts";

export type RunningWorker = {
  readonly isRunning: () => boolean;
  /** Ends the restriction to mails: everything that waits is done from now on. */
  readonly release: () => Promise<void>;
  /** Takes no more work and resolves when what runs is done. */
  readonly stop: () => Promise<void>;
};

const RESTART_PAUSE_MS = 1_000;
/** No job takes longer: a request to a provider is given up before. */
const STOP_TIMEOUT_MS = 30_000;
/** Jobs of the modules whose jobs are mails. */
const MAIL_JOBS = /^(identity|partners)\./;

/** Runs the jobs and tells the outbox's listeners, until it is stopped. A queue that broke (the database restarted) is taken up again. */
export async function runWorker(input: {
  readonly app: Composition;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly concurrency: number;
  /** Only mails go out, and nothing wakes on a schedule, until `release`: while the demo's past is told, the present must not act in it. */
  readonly isMailOnly: boolean;
}): Promise<RunningWorker> {
  const { app, logger, metrics, concurrency } = input;
  let { isMailOnly } = input;
  const { db, clock } = app;
  const stopping = new AbortController();
  let runner: Runner | undefined;

  const start = async (): Promise<Runner> => {
    metrics.expectJobs([...app.jobs, ...app.cron].map(({ name }) => name));
    const started = await startWorker({
      db,
      clock,
      jobs: isMailOnly ? app.jobs.filter(({ name }) => MAIL_JOBS.test(name)) : app.jobs,
      cron: isMailOnly ? [] : app.cron,
      concurrency,
      onError: (err, job) => logger.warn({ err, job }, "a job failed and will be tried again"),
    });
    started.events.on("job:success", ({ job }) => metrics.countJob(job.task_identifier, "done"));
    started.events.on("job:error", ({ job }) => metrics.countJob(job.task_identifier, "failed"));
    return started;
  };

  const keepRunning = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        runner ??= await start();
        await runner.promise;
      } catch (err) {
        if (!stopping.signal.aborted) logger.error({ err }, "the job queue broke off; it is taken up again");
      }
      runner = undefined;
      if (!stopping.signal.aborted) await pause(RESTART_PAUSE_MS);
    }
  };

  runner = await start();
  const dispatcher = createDispatcher({
    db,
    clock,
    subscriptions: app.after,
    batches: app.afterTogether,
    onError: (err, { type, id }, isGivenUp) =>
      isGivenUp
        ? logger.error(
            { err, type, event: id },
            "a listener could not take an event, which is given up: `tributary events`",
          )
        : logger.warn({ err, type, event: id }, "a listener failed and will be told again"),
  });
  const running = [keepRunning(), dispatcher.run(stopping.signal), app.deliverer.run(stopping.signal)];

  return {
    release: async () => {
      isMailOnly = false;
      // What keeps it running starts it again, with everything.
      await runner?.stop().catch(() => {});
    },
    isRunning: () => runner !== undefined && !stopping.signal.aborted,
    stop: async () => {
      stopping.abort();
      // A worker that waits for a database that is away would wait for ever; what it has begun is done by the next.
      const tooLong = Promise.withResolvers<void>();
      const timer = setTimeout(tooLong.resolve, STOP_TIMEOUT_MS);
      await Promise.race([Promise.all([runner?.stop().catch(() => {}), ...running]), tooLong.promise]);
      clearTimeout(timer);
    },
  };
}
