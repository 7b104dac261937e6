import { addDays, addMonths, type CalendarDate } from "../../kernel/calendar.ts";
import type { VolumeTrueUp } from "../../programs/index.ts";

/** Days of the programme's time zone, the last included. */
export type TrueUpPeriod = {
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** Where the volume that decides the step begins to add up: with the period, or before it in a rolling window. */
  readonly windowStart: CalendarDate;
};

const MONTHS = { month: 1, quarter: 3, year: 12, rolling: 1 } as const;

/** The period whose last day is the last day of a month, named by its first; undefined where none ends with that month. */
export function periodEndingWith(
  { period, windowDays }: Pick<VolumeTrueUp, "period" | "windowDays">,
  firstOfMonth: CalendarDate,
): TrueUpPeriod | undefined {
  const month = Number(firstOfMonth.slice(5, 7));
  const months = MONTHS[period];
  if (month % months !== 0) return undefined;
  const periodEnd = addDays(addMonths(firstOfMonth, 1), -1);
  const periodStart = addMonths(firstOfMonth, 1 - months);
  const windowStart = windowDays === null ? periodStart : addDays(periodEnd, 1 - windowDays);
  return { periodStart, periodEnd, windowStart };
}

/** The first days of the months that have ended by a day, the latest first. */
export function endedMonths(today: CalendarDate, count: number): CalendarDate[] {
  const current = `${today.slice(0, 7)}-01`;
  return Array.from({ length: count }, (_, index) => addMonths(current, -1 - index));
}
