import { Client, type ClientConfig } from "pg";
import { JOBS_SCHEMA } from "../database/index.ts";
import { FORGET_WAKES_TO_COME, watchClock } from "./clock-jumps.ts";

/** Any constant will do: it only has to differ from other users of advisory locks in this database. */
const PRESENCE_LOCKS = 7_211_402;
const FREED_EVERY_MS = 5_000;
const RECONNECTED_AFTER_MS = 500;

/**
 * Frees the jobs of workers that are gone, whose connection no longer holds their lock. The queue itself does so after four hours. A worker that
 * has only just taken a job may not have its lock yet: it is given a moment. A worker's own lock is never in its own way: it passes itself over.
 */
const FREE_JOBS_OF_THE_DEAD = `
  select ${JOBS_SCHEMA}.force_unlock_workers(array_agg(worker))
    from (select distinct locked_by as worker from ${JOBS_SCHEMA}._private_jobs
           where locked_by <> $2 and locked_at < now() - interval '5 seconds' offset 0) workers
   where pg_try_advisory_xact_lock($1, hashtext(worker))`;

/**
 * Shows that a worker lives, as long as it does: by a lock on its name, which Postgres lets go with the connection, whatever ends it. Meanwhile
 * it looks after the jobs of those that died, and after schedules when the clock was set back: `onSetBack` is called then. Returns what ends it.
 */
export function showPresence(config: ClientConfig, worker: string, onSetBack: () => void): () => Promise<void> {
  const wasSetBack = watchClock();
  const ending = Promise.withResolvers<void>();
  let hasEnded = false;

  const holdLock = async (connection: Client): Promise<void> => {
    const lost = new Promise<void>((resolve) => connection.once("end", resolve));
    await connection.connect();
    await connection.query("select pg_advisory_lock($1, hashtext($2))", [PRESENCE_LOCKS, worker]);
    while (!hasEnded) {
      await connection.query(FREE_JOBS_OF_THE_DEAD, [PRESENCE_LOCKS, worker]);
      await connection.query(FORGET_WAKES_TO_COME);
      if (wasSetBack()) onSetBack();
      await pause(FREED_EVERY_MS, Promise.race([ending.promise, lost]));
    }
  };
  const run = async (): Promise<void> => {
    while (!hasEnded) {
      try {
        const connection = new Client(config);
        connection.on("error", () => {});
        try {
          await holdLock(connection);
        } finally {
          await connection.end();
        }
      } catch {
        // The database went away, and the lock with it.
        await pause(RECONNECTED_AFTER_MS, ending.promise);
      }
    }
  };
  const running = run();
  return () => {
    hasEnded = true;
    ending.resolve();
    return running;
  };
}

async function pause(durationMs: number, isOver: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, durationMs);
  });
  await Promise.race([passed, isOver]);
  clearTimeout(timer);
}
