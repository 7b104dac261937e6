import { type Clock, DAY_MS } from "../../kernel/clock.ts";
import type { Ctx } from "../context.ts";
import { type Database, forgetOutboxEvents } from "../database/index.ts";
import type { CronJob } from "../jobs/index.ts";

/** Long enough to look up what a listener was told; what happened is kept in the modules' own tables and in the audit trail. */
export const EVENTS_KEPT_DAYS = 30;
/** One statement, short enough to wait for. */
const BATCH_SIZE = 5_000;
/** Batches of one run; what is left is for the next. */
const BATCHES_MAX = 200;

/** Forgets events that were told long ago. One that was never told stays, given up or not. */
export async function forgetEvents({ db, clock }: { db: Database; clock: Clock }, ctx: Ctx): Promise<void> {
  // By the clock that noted when they were told, which is not the tenant's.
  const before = new Date(clock.now().getTime() - EVENTS_KEPT_DAYS * DAY_MS);
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const forgotten = await db.transaction(ctx, (tx) => forgetOutboxEvents(tx, { before, limit: BATCH_SIZE }));
    if (forgotten < BATCH_SIZE) return;
  }
}

/** Work of the outbox that wakes on a schedule. */
export const outboxCron = (deps: { db: Database; clock: Clock }): CronJob[] => [
  { name: "outbox.forget_events", schedule: "53 * * * *", handle: (ctx) => forgetEvents(deps, ctx) },
];
