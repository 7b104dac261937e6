/**
 * A worker that delivers webhooks and ends without warning at a named point, as by `kill -9`: `node delivery-worker.ts <json>`.
 */
import { flushCompileCache } from "node:module";
import type { KyselyPlugin } from "kysely";
import { systemClock } from "../../src/kernel/clock.ts";
import { createSealer } from "../../src/platform/crypto/index.ts";
import { type Database, openDatabase } from "../../src/platform/database/index.ts";
import { createDeliverer } from "../../src/webhooks/index.ts";

/** By what it has sent to Postgres: a statement that is under way may be committed or not. */
export const STOPS = [
  "before it is lent an endpoint",
  "after it was lent an endpoint",
  "after it has read what is due",
  "before it writes down what came of it",
  "while that is written down",
  "after that was written down",
] as const;
export type Stop = (typeof STOPS)[number];

export type DeliveryWorkerInput = {
  readonly url: string;
  /** In base64. */
  readonly encryptionKey: string;
  /** Nowhere: it is killed from outside. */
  readonly stop: Stop | null;
};

const STATEMENTS: Readonly<Record<Stop, readonly [called: string, when: "before" | "under way" | "after"]>> = {
  "before it is lent an endpoint": ["lease_webhook_endpoints", "before"],
  "after it was lent an endpoint": ["lease_webhook_endpoints", "after"],
  "after it has read what is due": ["due_webhook_deliveries", "after"],
  "before it writes down what came of it": ["settle_webhook_attempts", "before"],
  "while that is written down": ["settle_webhook_attempts", "under way"],
  "after that was written down": ["settle_webhook_attempts", "after"],
};

const die = (): void => void process.kill(process.pid, "SIGKILL");

const input = process.argv[2];
if (input !== undefined) {
  // It never ends by itself: what was compiled for it is kept now, for the next.
  flushCompileCache();
  await work(JSON.parse(input) as DeliveryWorkerInput);
}

async function work({ url, encryptionKey, stop }: DeliveryWorkerInput): Promise<void> {
  const db = openDatabase({ url });
  const deliverer = createDeliverer({
    db: stop === null ? db : stoppingAt(db, stop),
    clock: systemClock,
    sealer: createSealer(Buffer.from(encryptionKey, "base64")),
    addresses: { allowsLoopback: true, allowsPrivate: false },
    onGone: async () => {},
    onError: (error) => void process.stderr.write(`${String(error)}\n`),
  });
  await deliverer.run(new AbortController().signal);
}

function stoppingAt(db: Database, stop: Stop): Database {
  const [called, when] = STATEMENTS[stop];
  const mine = new WeakSet<object>();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      if (JSON.stringify(node).includes(called)) {
        mine.add(queryId);
        if (when === "before") die();
        if (when === "under way") setImmediate(die);
      }
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (when === "after" && mine.has(queryId)) die();
      return result;
    },
  };
  return { ...db, unscoped: db.unscoped.withPlugin(plugin), [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() };
}
