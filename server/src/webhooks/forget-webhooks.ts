import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { forgetAttempts, forgetDeliveries } from "./delivery-repository.ts";
import { dropDeletedEndpoints } from "./endpoint-repository.ts";
import { forgetEvents } from "./event-repository.ts";
import { machineTime } from "./machine-time.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** How long the log of requests is kept, and what was settled. */
export const DELIVERIES_KEPT_DAYS = 30;
/** How far back a replay reaches. */
export const EVENTS_KEPT_DAYS = 90;
/** One statement, short enough to wait for. */
const BATCH_SIZE = 2_000;
/** Batches of one run; what is left is for the next. */
const BATCHES_MAX = 200;

/** Forgets what is older than its time: attempts, settled deliveries, events. */
export const forgetWebhooks =
  (deps: Pick<WebhookDeps, "db" | "clock">) =>
  async (ctx: Ctx): Promise<void> => {
    const before = (days: number): Date => new Date(machineTime(deps.clock).getTime() - days * DAY_MS);
    const kept = { before: before(DELIVERIES_KEPT_DAYS), limit: BATCH_SIZE };
    const steps: readonly ((tx: Tx) => Promise<number>)[] = [
      (tx) => forgetAttempts(tx, kept),
      (tx) => forgetDeliveries(tx, kept),
      (tx) => forgetEvents(tx, { before: before(EVENTS_KEPT_DAYS), limit: BATCH_SIZE }),
    ];
    for (const step of steps)
      for (let batch = 0; batch < BATCHES_MAX; batch += 1)
        if ((await deps.db.transaction(ctx, step)) < BATCH_SIZE) break;
    await deps.db.transaction(ctx, dropDeletedEndpoints);
  };
