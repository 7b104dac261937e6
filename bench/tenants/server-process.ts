import { openProgram } from "../kit/program.ts";

/** What a server says once it listens: where, how long it took from its first line, and what it holds in memory when it is asked. */
export type FromServer = { readonly origin: string; readonly startedMs: number } | { readonly residentBytes: number };
export type ToServer = "memory" | "stop";

const begun = performance.now();
const { serverUrl } = JSON.parse(process.argv[2] ?? "") as { readonly serverUrl: string };
const tell = (message: FromServer): void => void process.send?.(message);

process.on("message", (asked: ToServer) => {
  if (asked === "memory") {
    globalThis.gc?.();
    tell({ residentBytes: process.memoryUsage().rss });
  } else process.exit(0);
});
// Whoever measures is gone: nobody needs this server any more.
process.on("disconnect", () => process.exit(0));
const { origin } = await (await openProgram({ serverUrl })).listen();
tell({ origin, startedMs: performance.now() - begun });
