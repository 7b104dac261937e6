import { DAY_MS } from "../../kernel/clock.ts";
import type { Ctx } from "../context.ts";
import { type Database, deleteAnswers } from "../database/index.ts";
import type { CronJob } from "./jobs.ts";

/** Longer than any client repeats a request whose answer got lost. The same key after that is a new request. */
export const ANSWERS_KEPT_DAYS = 30;
/** One statement, short enough to wait for. */
const BATCH_SIZE = 5_000;
/** Batches of one run; what is left is for the next. */
const BATCHES_MAX = 200;

/** Forgets the answers to requests of long ago: they repeat personal data of those whom they were about. */
export async function forgetAnswers(db: Database, ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now.getTime() - ANSWERS_KEPT_DAYS * DAY_MS);
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const deleted = await db.transaction(ctx, (tx) => deleteAnswers(tx, { before, limit: BATCH_SIZE }));
    if (deleted < BATCH_SIZE) return;
  }
}

/** Work of the platform that wakes on a schedule. */
export const platformCron = (db: Database): CronJob[] => [
  { name: "platform.forget_answers", schedule: "47 * * * *", handle: (ctx) => forgetAnswers(db, ctx) },
];
