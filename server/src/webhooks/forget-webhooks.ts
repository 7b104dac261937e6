import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { APART_TYPES } from "./catalogue.ts";
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

type ForgettingDeps = Pick<WebhookDeps, "db" | "clock">;

/** Forgets what is older than its time: attempts and settled deliveries. */
export const forgetWebhooks =
  (deps: ForgettingDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const kept = { before: daysAgo(deps, DELIVERIES_KEPT_DAYS), limit: BATCH_SIZE };
    await inBatches(deps, ctx, (tx) => forgetAttempts(tx, kept));
    await inBatches(deps, ctx, (tx) => forgetDeliveries(tx, kept));
    await deps.db.transaction(ctx, dropDeletedEndpoints);
  };

/** Forgets old events. Once a day: the newest of each object with which the next is compared stays, and is looked at every time. */
export const forgetOldEvents =
  (deps: ForgettingDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const kept = { before: daysAgo(deps, EVENTS_KEPT_DAYS), apart: APART_TYPES, limit: BATCH_SIZE };
    await inBatches(deps, ctx, (tx) => forgetEvents(tx, kept));
  };

const daysAgo = ({ clock }: ForgettingDeps, days: number): Date =>
  new Date(machineTime(clock).getTime() - days * DAY_MS);

async function inBatches({ db }: ForgettingDeps, ctx: Ctx, step: (tx: Tx) => Promise<number>): Promise<void> {
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) if ((await db.transaction(ctx, step)) < BATCH_SIZE) return;
}
