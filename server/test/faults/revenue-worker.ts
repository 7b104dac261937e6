/**
 * A worker process that works on the inbox until it is killed: `node revenue-worker.ts <json>`. It says on its standard output that it has
 * begun a job, and where it is asked to, it stands still before it.
 */
import { flushCompileCache } from "node:module";
import Fastify from "fastify";
import { compose } from "../../src/app/compose.ts";
import { movableClock } from "../../src/kernel/clock.ts";
import { generateSecrets } from "../../src/platform/crypto/index.ts";
import { runDueJobs } from "../../src/platform/jobs/index.ts";

export type RevenueWorkerInput = { readonly url: string; readonly now: string; readonly standsBefore: boolean };

const input = process.argv[2];
if (input !== undefined) {
  // It never ends by itself: what was compiled for it is kept now, for the next.
  flushCompileCache();
  await work(JSON.parse(input) as RevenueWorkerInput);
}

async function work({ url, now, standsBefore }: RevenueWorkerInput): Promise<void> {
  const clock = movableClock(new Date(now));
  const app = await compose(
    {
      database: { url },
      publicUrl: "http://operator.test",
      secrets: generateSecrets(),
      mail: { smtpUrl: undefined, from: "tributary@operator.test" },
      stripe: undefined,
      logger: Fastify({ logger: false }).log,
    },
    { clock },
  );
  const jobs = app.jobs.map((job) => ({
    ...job,
    handle: async (...of: Parameters<typeof job.handle>) => {
      process.stdout.write("begun\n");
      if (standsBefore) await new Promise(() => {});
      await job.handle(...of);
    },
  }));
  await runDueJobs({ db: app.db, clock, jobs, onError: (error) => void process.stderr.write(`${String(error)}\n`) });
}
