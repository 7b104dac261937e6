import { sqlState } from "../platform/database/index.ts";
import { referralErrors } from "./referral-errors.ts";

/** More do not help: Postgres flushes one batch while the next is being written (measured, docs/performance). */
const IN_FLIGHT_MAX = 2;
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

type Waiting<Click> = { readonly click: Click; resolve(): void; reject(error: unknown): void };

/**
 * Group commit. What one turn of the event loop brought leaves together; while two batches are on their way clicks are collected, and leave as
 * soon as one of them has come back: the busier the server, the larger the batches. There is no timer: on an idle server a click waits for the
 * end of its turn and nothing else.
 */
export function createClickBatcher<Click>({
  insert,
  waitingMax = WAITING_MAX,
}: {
  /** Commits a batch: all of it or nothing. */
  readonly insert: (clicks: readonly Click[]) => Promise<void>;
  readonly waitingMax?: number;
}): ClickBatcher<Click> {
  let waiting: Waiting<Click>[] = [];
  let inFlight = 0;
  let written = 0;
  let isFlushing = false;
  let isStopping = false;
  let drained: (() => void) | undefined;

  const send = async (batch: readonly Waiting<Click>[]): Promise<void> => {
    try {
      await insert(batch.map((one) => one.click));
      for (const one of batch) one.resolve();
    } catch (error) {
      for (const one of batch) one.reject(referralErrors.click_not_recorded({}, withoutData(error)));
    }
    inFlight -= 1;
    written -= batch.length;
    flushSoon();
  };

  const flushSoon = (): void => {
    if (isFlushing) return;
    isFlushing = true;
    setImmediate(flush);
  };

  const flush = (): void => {
    isFlushing = false;
    while (inFlight < IN_FLIGHT_MAX && waiting.length > 0) {
      const batch = waiting.length <= BATCH_SIZE_MAX ? waiting : waiting.slice(0, BATCH_SIZE_MAX);
      waiting = waiting.length <= BATCH_SIZE_MAX ? [] : waiting.slice(BATCH_SIZE_MAX);
      inFlight += 1;
      written += batch.length;
      void send(batch);
    }
    if (waiting.length + written === 0) drained?.();
  };

  return {
    get pending() {
      return waiting.length + written;
    },
    record: (click) => {
      if (isStopping || waiting.length >= waitingMax) return Promise.reject(referralErrors.clicks_refused());
      return new Promise((resolve, reject) => {
        waiting.push({ click, resolve, reject });
        flushSoon();
      });
    },
    [Symbol.asyncDispose]: async () => {
      isStopping = true;
      if (waiting.length + written === 0) return;
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
