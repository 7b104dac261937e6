import { instantOf } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import { countReadyJobs, enqueue, isQueued, runCronJob } from "../platform/jobs/index.ts";
import { countUntold } from "../platform/outbox/index.ts";
import { findOwnClock, lockOwnClock, setOwnClock } from "../tenants/index.ts";
import { dueBetween, nextStop } from "./clock-rules.ts";
import type { TwinDeps } from "./twin-deps.ts";

export const STEP_JOB = "twins.step_clock";
/** One step of a twin at a time. */
export const STEP_KEY = "step";
/** How long it is left to what a day has brought about before it is looked for again. */
const WAIT_MS = 250;

/** What a step has left to do: wake what was due in the time that its clock has passed over. ISO 8601. */
export type ClockStep = { readonly from?: string; readonly to?: string };

/**
 * One step of a clock that is being moved: wakes what was due in the day that it has passed over, and, once all that came of it is done, goes on by
 * another day. Safe to repeat: what is due is data, and each day is written down with the step that brings the clock over it.
 */
export const stepClock =
  (deps: TwinDeps) =>
  async (ctx: Ctx, { from, to }: ClockStep): Promise<void> => {
    const { db, clock } = deps;
    if (from !== undefined && to !== undefined)
      await wakeDue(deps, ctx.tenantId, { from: new Date(from), to: new Date(to) });
    await db.transaction(ctx, async (tx) => {
      const { offsetMs, target } = await lockOwnClock(tx);
      if (target === null) return;
      const machine = instantOf(clock, 0);
      // The next day begins when the last is over: what it enqueued is done, and all were told that asked to be.
      const isBusy = (await countReadyJobs(tx, { exceptKey: STEP_KEY })) + (await countUntold(tx, machine)) > 0;
      if (isBusy) return enqueue(tx, STEP_JOB, {}, { key: STEP_KEY, delayMs: WAIT_MS });
      const now = instantOf(clock, offsetMs);
      if (now >= target) return setOwnClock(tx, { offsetMs, target: null });
      const stop = nextStop(now, target);
      await setOwnClock(tx, { offsetMs: stop.getTime() - machine.getTime(), target });
      const step: ClockStep = { from: now.toISOString(), to: stop.toISOString() };
      await enqueue(tx, STEP_JOB, step, { key: STEP_KEY });
    });
  };

async function wakeDue(
  { db, clock, cron, onError }: TwinDeps,
  tenantId: string,
  passed: { readonly from: Date; readonly to: Date },
): Promise<void> {
  for (const job of dueBetween(cron(), passed)) {
    try {
      await runCronJob({ db, clock, job, tenantId });
    } catch (error) {
      // Kept with the job (`tributary jobs`); the next day wakes it again, as the next night would.
      onError(error);
    }
  }
}

/** Has a clock go on whose step was given up. */
export const wakeClock =
  ({ db }: TwinDeps) =>
  async (ctx: Ctx): Promise<void> => {
    await db.transaction(ctx, async (tx) => {
      if ((await findOwnClock(tx)).target === null || (await isQueued(tx, STEP_KEY))) return;
      await enqueue(tx, STEP_JOB, {}, { key: STEP_KEY });
    });
  };
