import { DAY_MS } from "../kernel/clock.ts";

export const PAYOUT_INTERVALS = ["week", "fortnight", "month"] as const;
export type PayoutInterval = (typeof PAYOUT_INTERVALS)[number];

/** When a schedule wakes next: the start of the next Monday, of the Monday after it, or of the next month, in UTC. */
export function nextRun(every: PayoutInterval, after: Date): Date {
  if (every === "month") return new Date(Date.UTC(after.getUTCFullYear(), after.getUTCMonth() + 1, 1));
  const midnight = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate());
  const daysToMonday = ((8 - after.getUTCDay()) % 7 || 7) + (every === "fortnight" ? 7 : 0);
  return new Date(midnight + daysToMonday * DAY_MS);
}
