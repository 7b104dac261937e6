import { type Clock, HOUR_MS } from "../../kernel/clock.ts";
import { type Ctx, systemContext } from "../context.ts";
import {
  claimOutboxEvents,
  type Database,
  type OutboxRow,
  postponeOutboxEvent,
  settleOutboxEvents,
} from "../database/index.ts";
import { createTenantClocks } from "../tenant-clocks.ts";

/** A listener outside the transaction: told at least once, in order per object. It must be safe to tell twice. */
export type AfterListener = (ctx: Ctx, event: OutboxRow) => Promise<void>;

/**
 * The same for events of one tenant that were claimed together, in order: told before single listeners. Where it cannot take them all at once it is told
 * one by one.
 */
export type BatchListener = (ctx: Ctx, events: readonly OutboxRow[]) => Promise<void>;

/** Listeners by event type; `*` hears all. */
export type AfterSubscriptions = Readonly<Record<string, readonly AfterListener[]>>;

const BATCH_SIZE = 500;
const IDLE_WAIT_MS = 250;
/** After a batch that was not full: what happens meanwhile is told together, which costs little more than one event. Shorter than an idle wait. */
const GATHER_MS = 100;
/** A listener that could not take an event is asked again after this, then after twice this, and so on up to an hour. */
const RETRY_FIRST_MS = 5_000;
const RETRY_LATEST_MS = HOUR_MS;
/** With those pauses about a day; then the event is given up, and its object's later ones are told. `events retry` has it told after all. */
export const TELLING_ATTEMPTS_MAX = 30;
const ERROR_LENGTH_MAX = 1_000;
/** Any constant will do: it only has to differ from other users of advisory locks in this database. */
const DISPATCHER_LOCK = 7_211_401;

export type DispatcherOptions = {
  readonly db: Database;
  readonly clock: Clock;
  readonly subscriptions: AfterSubscriptions;
  /** Each hears every event. */
  readonly batches?: readonly BatchListener[];
  /** `isGivenUp`: it is not told again unless somebody asks for it. */
  readonly onError: (error: unknown, event: OutboxRow, isGivenUp: boolean) => void;
};

type Told = { readonly told: number; readonly failed: number };

/**
 * Tells listeners what is in the outbox. Any number of workers may run one: an advisory lock lets one of them work, so that order per
 * object holds, and Postgres frees it when that worker dies.
 */
export function createDispatcher({ db, clock, subscriptions, batches = [], onError }: DispatcherOptions) {
  const clocks = createTenantClocks({ db, clock });
  const contextOf = async ({ tenant_id: tenantId, type, id }: OutboxRow): Promise<Ctx> =>
    systemContext({ tenantId, job: `on ${type}`, now: await clocks.nowIn(tenantId), requestId: id });

  /** Tells batch listeners; returns the events of the tenants whose batches were taken. What failed shows when it is told one by one. */
  const tellBatches = async (events: readonly OutboxRow[]): Promise<ReadonlySet<OutboxRow>> => {
    const taken = new Set<OutboxRow>();
    for (const batch of Map.groupBy(events, ({ tenant_id }) => tenant_id).values()) {
      const [first] = batch;
      if (first === undefined) continue;
      try {
        const ctx = await contextOf(first);
        for (const listener of batches) await listener(ctx, batch);
        for (const event of batch) taken.add(event);
      } catch {
        // Told one by one below, where the one that cannot be taken is found.
      }
    }
    return taken;
  };

  /**
   * Tells one batch; returns how many events were told, and how many were not. An event whose listener failed is told again later, and holds
   * back its object's later ones until it is told or given up.
   */
  const dispatchBatch = async (mayGoOn: () => boolean = () => true): Promise<Told> => {
    const events = await claimOutboxEvents(db, BATCH_SIZE, clock.now());
    const held = new Set<string>();
    const told: bigint[] = [];
    let failed = 0;
    const inBatch = await tellBatches(events);
    for (const event of events) {
      if (!mayGoOn()) break;
      if (held.has(event.object_id)) continue;
      try {
        const ctx = await contextOf(event);
        if (!inBatch.has(event)) for (const listener of batches) await listener(ctx, [event]);
        for (const listener of [...(subscriptions[event.type] ?? []), ...(subscriptions["*"] ?? [])])
          await listener(ctx, event);
        told.push(event.position);
      } catch (error) {
        failed += 1;
        held.add(event.object_id);
        onError(error, event, await postpone(event, error));
      }
    }
    await settleOutboxEvents(db, told, clock.now());
    return { told: told.length, failed };
  };

  /** Says whether it was the last attempt. */
  const postpone = async (event: OutboxRow, error: unknown): Promise<boolean> => {
    const now = clock.now();
    const isGivenUp = event.attempts + 1 >= TELLING_ATTEMPTS_MAX;
    const pauseMs = Math.min(RETRY_FIRST_MS * 2 ** event.attempts, RETRY_LATEST_MS);
    await postponeOutboxEvent(db, event.position, {
      error: String(error instanceof Error ? error.message : error).slice(0, ERROR_LENGTH_MAX),
      retryAt: isGivenUp ? null : new Date(now.getTime() + pauseMs),
      givenUpAt: isGivenUp ? now : null,
    });
    return isGivenUp;
  };

  /** Works until `signal` aborts. */
  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const lock = await db.pool.connect().catch(() => undefined);
      if (lock === undefined) {
        await pause(IDLE_WAIT_MS, signal);
        continue;
      }
      // A connection that dies takes the lock with it, and another worker goes on: this one tells nothing more.
      let isLost = false;
      lock.once("error", () => (isLost = true)).once("end", () => (isLost = true));
      try {
        const { rows } = await lock.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
          DISPATCHER_LOCK,
        ]);
        while (rows[0]?.held && !isLost && !signal.aborted) {
          const { told } = await dispatchBatch(() => !isLost);
          if (told < BATCH_SIZE) await pause(told === 0 ? IDLE_WAIT_MS : GATHER_MS, signal);
        }
        if (!rows[0]?.held) await pause(IDLE_WAIT_MS * 8, signal);
      } catch {
        // The database went away: the connection is thrown out below and a new one is tried.
        await pause(IDLE_WAIT_MS * 4, signal);
      } finally {
        lock.release(true);
      }
    }
  };

  return { dispatchBatch, run };
}

const pause = (durationMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, durationMs);
    signal.addEventListener("abort", done, { once: true });
  });
