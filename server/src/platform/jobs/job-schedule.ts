import { parseCronItems } from "graphile-worker";
import { DAY_MS } from "../../kernel/clock.ts";

const MINUTE_MS = 60_000;
/** Every schedule of five fields comes up within a leap year's turn; what does not within so many days is none. */
const LOOKED_AHEAD_MS = 4 * 366 * DAY_MS;

/**
 * The first minute after an instant, and at the latest at `until`, in which a schedule (five cron fields, UTC) wakes its job. Undefined where it does not.
 */
export function nextRun(schedule: string, after: Date, until?: Date): Date | undefined {
  const [item] = parseCronItems([{ task: "next", match: schedule }]);
  const first = Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const last = until?.getTime() ?? first + LOOKED_AHEAD_MS;
  for (let at = first; at <= last; at += MINUTE_MS) {
    const instant = new Date(at);
    const isTime = item?.match({
      min: instant.getUTCMinutes(),
      hour: instant.getUTCHours(),
      date: instant.getUTCDate(),
      month: instant.getUTCMonth() + 1,
      dow: instant.getUTCDay(),
    });
    if (isTime) return instant;
  }
  return undefined;
}

/** How long a job is overdue: the time since the wake that should have followed its last success. 0 where that is still to come. */
export function lagMs(
  schedule: string,
  { succeededAt, now }: { readonly succeededAt: Date; readonly now: Date },
): number {
  const due = nextRun(schedule, succeededAt);
  return due === undefined ? 0 : Math.max(0, now.getTime() - due.getTime());
}
