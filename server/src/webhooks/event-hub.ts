import { Client } from "pg";
import type { Database } from "../platform/database/index.ts";
import { EVENTS_CHANNEL } from "./event-repository.ts";

/** Hears when events of a tenant were added, over one connection for the whole process. */
export type EventHub = AsyncDisposable & {
  /** Calls `wake` when there may be news of the tenant, and now and then besides. Returns what ends that. */
  subscribe(tenantId: string, wake: () => void): () => void;
};

/** A notice that was lost with its connection is made up for by looking all the same. */
const LOOK_AGAIN_MS = 5_000;
const RECONNECT_MS = 1_000;

/** Listens as long as somebody is subscribed; a connection that broke is made anew. */
export function createEventHub({
  db,
  onError,
}: {
  readonly db: Database;
  readonly onError: (error: unknown) => void;
}): EventHub {
  const subscribers = new Map<string, Set<() => void>>();
  let client: Client | undefined;
  let isOpening = false;
  let isClosed = false;

  const wakeAll = (): void => {
    for (const wakes of subscribers.values()) for (const wake of wakes) wake();
  };
  const timer = setInterval(wakeAll, LOOK_AGAIN_MS).unref();

  const open = async (): Promise<void> => {
    if (client !== undefined || isOpening || isClosed || subscribers.size === 0) return;
    isOpening = true;
    const next = new Client({ ...db.pool.options });
    const lose = (error?: unknown): void => {
      if (client !== next && !isOpening) return;
      client = undefined;
      isOpening = false;
      if (error !== undefined && !isClosed) onError(error);
      next.removeAllListeners().on("error", () => {});
      next.end().catch(() => {});
      if (!isClosed) setTimeout(() => void open(), RECONNECT_MS).unref();
    };
    next.on("error", lose).on("end", () => lose());
    next.on("notification", ({ payload }) => {
      for (const wake of subscribers.get(payload ?? "") ?? []) wake();
    });
    try {
      await next.connect();
      await next.query(`listen ${EVENTS_CHANNEL}`);
      client = next;
      isOpening = false;
      // What came between the first look and now.
      wakeAll();
      if (isClosed) lose();
    } catch (error) {
      lose(error);
    }
  };

  return {
    subscribe: (tenantId, wake) => {
      const wakes = subscribers.get(tenantId) ?? new Set();
      subscribers.set(tenantId, wakes.add(wake));
      void open();
      return () => {
        wakes.delete(wake);
        if (wakes.size === 0) subscribers.delete(tenantId);
      };
    },
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      clearInterval(timer);
      subscribers.clear();
      const open = client;
      client = undefined;
      open?.removeAllListeners().on("error", () => {});
      await open?.end().catch(() => {});
    },
  };
}
