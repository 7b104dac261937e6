import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** So many callers, each waiting for its answer; or a steady rate, whoever waits. */
export type Pace = { readonly callers: number } | { readonly perSecond: number };

export type PostOrder = {
  readonly url: string;
  /** Of this round: external ids begin with it. */
  readonly name: string;
  readonly customers: readonly string[];
  /** Authorization headers, used in turn: each has a limit of its own. */
  readonly keys: readonly string[];
  readonly occurredAt: string;
  readonly pace: Pace;
  readonly seconds: number;
  /** Whether requests carry an Idempotency-Key. */
  readonly isNamed: boolean;
};

export type Posted = { readonly latenciesMs: readonly number[] };

const PROCESS = fileURLToPath(new URL("./post-process.ts", import.meta.url));

/** Posts transactions from a process of its own. */
export function post(order: PostOrder): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const child = fork(PROCESS, [JSON.stringify(order)]);
    child.once("message", (posted) => resolve(posted as Posted));
    child.once("exit", (code) => reject(new Error(`the requests ended with ${code}`)));
  });
}
