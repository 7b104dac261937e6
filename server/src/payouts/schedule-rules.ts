import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

export const PAYOUT_INTERVALS = ["week", "fortnight", "month"] as const;
export type PayoutInterval = (typeof PAYOUT_INTERVALS)[number];

const BACK_OFF_FIRST_MS = HOUR_MS;
const BACK_OFF_MAX_MS = DAY_MS;

/** How long a schedule waits that has failed so often in a row: longer each time, so that it holds back no other. */
export const backOffMs = (failures: number): number =>
  Math.min(BACK_OFF_FIRST_MS * 2 ** Math.min(failures - 1, 10), BACK_OFF_MAX_MS);

/** When a schedule wakes next: the start of the next Monday, of the Monday after it, or of the next month, in UTC. */
export function nextRun(every: PayoutInterval, after: Date): Date {
  if (every === "month") return new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + 1, 1));
  const midnight = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate());
  const daysToMonday = ((8 - after.getUTCDay()) % 7 || 7) + (every === "fortnight" ? 7 : 0);
  return new Date(midnight + daysToMonday * DAY_MS);
}
