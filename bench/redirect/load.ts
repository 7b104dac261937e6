import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export type LoadOrder = {
  readonly origin: string;
  readonly codes: readonly string[];
  readonly connections: number;
  readonly seconds: number;
};

export type Load = {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly redirects: number;
  /** What it has cost to ask, in µs of the processor. */
  readonly cpuMicros: number;
};

const PROCESS = fileURLToPath(new URL("./load-process.ts", import.meta.url));

/** Visits links from many addresses, first-time visitors all, as fast as the server answers. The load is made in a process of its own. */
export function load(order: LoadOrder): Promise<Load> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, [JSON.stringify(order)]);
    child.once("message", (made) => resolve(made as Load));
    child.once("exit", (code) => reject(new Error(`the load ended with ${code}`)));
  });
}
