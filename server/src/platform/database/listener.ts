import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import type { Database } from "./database.ts";

/** Hears what the database is told on one channel, over a connection of its own. */
export type Listener = AsyncDisposable & {
  /** Begins to listen, where it does not yet. */
  start(): void;
};

/** What the connection calls itself, to whoever looks at the database. */
const LISTENER = "tributary listener";
/** While nothing can be heard, there may be news at any time. */
const DEAF_MS = 500;
/** A connection whose other end is gone says nothing by itself: so often it is asked. */
const PROBE_MS = 5_000;
const ANSWER_MS = 2_000;

/**
 * Calls `wake` whenever there may be news: when something was told, when it begins to hear, and every half second while it cannot. `onError`
 * is told once of each time without hearing.
 */
export function createListener({
  db,
  channel,
  wake,
  onError,
}: {
  readonly db: Database;
  readonly channel: string;
  readonly wake: () => void;
  readonly onError: (error: unknown) => void;
}): Listener {
  const closing = new AbortController();
  const { signal } = closing;
  let isHearing = false;
  let isTold = false;
  let running: Promise<void> | undefined;

  /** Listens until the connection is lost, which it throws, or until the end. */
  const hear = async (): Promise<void> => {
    const client = new Client({
      ...db.pool.options,
      application_name: LISTENER,
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
    });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => {});
    client.on("error", lost.reject).on("end", () => lost.reject(new Error(`nothing is heard on ${channel}`)));
    client.on("notification", wake);
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      isHearing = true;
      isTold = false;
      // What was told between the last time and now.
      wake();
      while (!signal.aborted) {
        await Promise.race([lost.promise, pause(PROBE_MS, undefined, { signal, ref: false }).catch(() => {})]);
        if (!signal.aborted) await client.query("select 1");
      }
    } finally {
      isHearing = false;
      // The other end may be gone, and say so no more than before.
      await Promise.race([client.end().catch(() => {}), pause(ANSWER_MS, undefined, { ref: false })]);
    }
  };

  const run = async (): Promise<void> => {
    const deaf = setInterval(() => {
      if (!isHearing) wake();
    }, DEAF_MS).unref();
    while (!signal.aborted) {
      await hear().catch((error: unknown) => {
        if (!signal.aborted && !isTold) onError(error);
        isTold = true;
      });
      await pause(DEAF_MS, undefined, { signal, ref: false }).catch(() => {});
    }
    clearInterval(deaf);
  };

  return {
    start: () => {
      if (!signal.aborted) running ??= run();
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await running;
    },
  };
}
