import { addDays, addMonths, dateInZone, startOfDay, weekdayOf } from "../kernel/calendar.ts";
import { HOUR_MS } from "../kernel/clock.ts";
import type { Days } from "./period-rules.ts";

export const EXPORT_RHYTHMS = ["weekly", "monthly"] as const;
export type ExportRhythm = (typeof EXPORT_RHYTHMS)[number];
export const EXPORT_DELIVERIES = ["mail", "folder"] as const;
export type ExportDelivery = (typeof EXPORT_DELIVERIES)[number];

/** Exports are made so long after their period ended: what came in the night is in the figures. */
const MORNING_MS = 6 * HOUR_MS;

/**
 * The newest week (Monday to Sunday) or month that has ended and is due, in days of the time zone. Undefined where it had ended before the schedule
 * was made: the first export is of the period in which that was.
 */
export function dueExport(
  rhythm: ExportRhythm,
  { now, createdAt, timeZone }: { readonly now: Date; readonly createdAt: Date; readonly timeZone: string },
): Days | undefined {
  const day = dateInZone(new Date(now.getTime() - MORNING_MS), timeZone);
  const begun = rhythm === "monthly" ? `${day.slice(0, 7)}-01` : addDays(day, 1 - weekdayOf(day));
  const from = rhythm === "monthly" ? addMonths(begun, -1) : addDays(begun, -7);
  return startOfDay(begun, timeZone) <= createdAt ? undefined : { from, to: addDays(begun, -1) };
}
