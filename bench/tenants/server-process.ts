import { runCronJob } from "../../server/src/platform/jobs/index.ts";
import { openProgram } from "../kit/program.ts";

/** What a server says once it listens: where, and how long it took from its first line; what it holds in memory, and how long a wake took, when it is asked. */
export type FromServer =
  | { readonly origin: string; readonly startedMs: number }
  | { readonly residentBytes: number }
  | { readonly wokenMs: number };
export type ToServer = "memory" | "wake" | "stop";

const EACH_MINUTE = "* * * * *";
const begun = performance.now();
const { serverUrl } = JSON.parse(process.argv[2] ?? "") as { readonly serverUrl: string };
const tell = (message: FromServer): void => void process.send?.(message);
const program = await openProgram({ serverUrl });

/** What the worker of an installation does each minute, whatever happens there. */
async function wake(): Promise<number> {
  const { db, clock, cron } = program.app;
  const wokenAt = performance.now();
  for (const job of cron) if (job.schedule === EACH_MINUTE) await runCronJob({ db, clock, job });
  return performance.now() - wokenAt;
}

process.on("message", (asked: ToServer) => {
  if (asked === "memory") {
    globalThis.gc?.();
    tell({ residentBytes: process.memoryUsage().rss });
  } else if (asked === "wake") void wake().then((wokenMs) => tell({ wokenMs }));
  else process.exit(0);
});
// Whoever measures is gone: nobody needs this server any more.
process.on("disconnect", () => process.exit(0));
const { origin } = await program.listen();
tell({ origin, startedMs: performance.now() - begun });
