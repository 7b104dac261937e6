import { sqlState } from "../platform/database/index.ts";
import { referralErrors } from "./referral-errors.ts";

/** More do not help: Postgres flushes one batch while the next is being written (measured, docs/performance). */
const IN_FLIGHT_MAX = 2;
/** Of so many clicks, what a batch costs by itself is a small part. */
export const ENOUGH = 64;
/** Keeps one statement short, so that no caller waits behind a huge one. */
export const BATCH_SIZE_MAX = 2_000;
/** A few seconds' worth at full speed. Who would wait longer is better served by an answer. */
const WAITING_MAX = 20_000;

export type ClickBatcher<Click> = AsyncDisposable & {
  /** Resolves when the click is durably committed. Rejects when its batch failed, or at once when too many wait or the server is stopping. */
  record(click: Click): Promise<void>;
  /** How many clicks wait or are being written. */
  readonly pending: number;
};

/** Clicks that are committed together, all of them or none: their callers wait for one promise. */
type Batch<Click> = { readonly clicks: Click[]; readonly committed: PromiseWithResolvers<void> };

/**
 * Group commit. Clicks leave when a turn of the event loop has brought no more of them, or when there are enough; while two batches are on their
 * way they are collected. There is no timer: on an idle server a click waits for one turn, which takes microseconds, and the busier the server,
 * the larger the batches, each of which costs Postgres as much as two dozen clicks (measured, docs/adr/0058).
 */
export function createClickBatcher<Click>({
  insert,
  waitingMax = WAITING_MAX,
}: {
  /** Commits a batch: all of it or nothing. */
  readonly insert: (clicks: readonly Click[]) => Promise<void>;
  readonly waitingMax?: number;
}): ClickBatcher<Click> {
  /** In the order in which they leave; clicks are added to the last. */
  const open: Batch<Click>[] = [];
  let waiting = 0;
  let waitingBefore = 0;
  let written = 0;
  let inFlight = 0;
  let isLooking = false;
  let isStopping = false;
  let drained: (() => void) | undefined;

  const send = async ({ clicks, committed }: Batch<Click>): Promise<void> => {
    inFlight += 1;
    waiting -= clicks.length;
    written += clicks.length;
    try {
      await insert(clicks);
      committed.resolve();
    } catch (error) {
      committed.reject(referralErrors.click_not_recorded({}, withoutData(error)));
    }
    inFlight -= 1;
    written -= clicks.length;
    if (waiting > 0) lookSoon();
    else if (written === 0) drained?.();
  };

  const lookSoon = (): void => {
    if (isLooking) return;
    isLooking = true;
    setImmediate(look);
  };

  /** At the end of each turn while clicks wait and may leave. */
  const look = (): void => {
    isLooking = false;
    const isQuiet = waiting === waitingBefore;
    while (inFlight < IN_FLIGHT_MAX && (waiting >= ENOUGH || isQuiet)) {
      const batch = open.shift();
      if (batch === undefined) break;
      void send(batch);
    }
    waitingBefore = waiting;
    if (inFlight < IN_FLIGHT_MAX && waiting > 0) lookSoon();
  };

  return {
    get pending() {
      return waiting + written;
    },
    record: (click) => {
      if (isStopping || waiting >= waitingMax) return Promise.reject(referralErrors.clicks_refused());
      let batch = open.at(-1);
      if (batch === undefined || batch.clicks.length === BATCH_SIZE_MAX) {
        batch = { clicks: [], committed: Promise.withResolvers() };
        open.push(batch);
      }
      batch.clicks.push(click);
      waiting += 1;
      if (inFlight < IN_FLIGHT_MAX) lookSoon();
      return batch.committed.promise;
    },
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      if (waiting + written === 0) return;
      await new Promise<void>((resolve) => {
        drained = resolve;
      });
    },
  };
}

/** What goes to the log: Postgres quotes the row that it refuses, and a click's row says who somebody is. */
function withoutData(error: unknown): Error {
  const what = sqlState(error) ?? (error instanceof Error ? error.name : typeof error);
  return new Error(`a batch of clicks was not committed: ${what}`);
}
