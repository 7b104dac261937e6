import { DAY_MS } from "../kernel/clock.ts";
import { nextRun } from "../platform/jobs/index.ts";

/** By how much a clock is moved at once, at most: a leap year. */
export const MOVE_MAX_MS = 366 * DAY_MS;
/** How far it may be ahead of the machine's. */
export const AHEAD_MAX_MS = 5 * MOVE_MAX_MS;

export type ClockMove = {
  readonly to: Date;
  /** The twin's time. */
  readonly now: Date;
  readonly machine: Date;
  /** Where an earlier move is going. */
  readonly target: Date | null;
};

/** Why a move may not be; undefined where it may. */
export function refusedMove({
  to,
  now,
  machine,
  target,
}: ClockMove): "clock_moving" | "clock_back" | "clock_too_far" | undefined {
  if (target !== null) return "clock_moving";
  if (to <= now) return "clock_back";
  if (to.getTime() - now.getTime() > MOVE_MAX_MS || to.getTime() - machine.getTime() > AHEAD_MAX_MS)
    return "clock_too_far";
  return undefined;
}

/** Where a clock on its way to `target` stops next: at the next midnight of UTC, or there. */
export function nextStop(now: Date, target: Date): Date {
  const midnight = (Math.floor(now.getTime() / DAY_MS) + 1) * DAY_MS;
  return new Date(Math.min(midnight, target.getTime()));
}

/** What the schedules would have woken after one instant and up to another, each once, in the order of their first hours. */
export function dueBetween<Job extends { readonly schedule: string }>(
  jobs: readonly Job[],
  { from, to }: { readonly from: Date; readonly to: Date },
): Job[] {
  return jobs
    .flatMap((job) => {
      const at = nextRun(job.schedule, from, to);
      return at === undefined ? [] : [{ job, at }];
    })
    .sort((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ job }) => job);
}
