import { addDays, addMonths, type CalendarDate, dayNumber, weekdayOf } from "../kernel/calendar.ts";
import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

/** `week`, `fortnight`: on a day of the week. `month`: on a day of the month. `amount`: on each day on which enough is available. */
export const PAYOUT_INTERVALS = ["week", "fortnight", "month", "amount"] as const;
export type PayoutInterval = (typeof PAYOUT_INTERVALS)[number];

const BACK_OFF_FIRST_MS = HOUR_MS;
export const BACK_OFF_MAX_MS = DAY_MS;

/** How long a schedule waits that has failed so often in a row: longer each time, so that it holds back no other. */
export const backOffMs = (failures: number): number =>
  Math.min(BACK_OFF_FIRST_MS * 2 ** (failures - 1), BACK_OFF_MAX_MS);

export type ScheduleRule = {
  readonly every: PayoutInterval;
  /** Of the week, 1 is Monday; of the month, where one that the month lacks is its last. Says nothing of `amount`. */
  readonly day: number;
  /** A day that is or was due: a fortnight is counted from it. */
  readonly anchorOn: CalendarDate;
};

/** No next day of a schedule is farther off: the longest month, and a day for a programme that moves its time zone. */
export const FARTHEST_DAYS = 32;

/** The largest day that an interval takes. */
export const LAST_DAY: Readonly<Record<PayoutInterval, number>> = { week: 7, fortnight: 7, month: 31, amount: 1 };

const WEEK_DAYS = 7;
const FORTNIGHT_DAYS = 14;

/** The day from which a new schedule counts: its first due day after `today`. That of a fortnight is a week later than that of a week. */
export function firstDue({ every, day }: Pick<ScheduleRule, "every" | "day">, today: CalendarDate): CalendarDate {
  if (every !== "fortnight") return nextDue({ every, day, anchorOn: today }, today);
  return addDays(nextWeekday(today, day), WEEK_DAYS);
}

/** The first due day after `today`. */
export function nextDue(rule: ScheduleRule, today: CalendarDate): CalendarDate {
  switch (rule.every) {
    case "amount":
      return addDays(today, 1);
    case "week":
      return nextWeekday(today, rule.day);
    case "fortnight": {
      const into = modulo(dayNumber(today) - dayNumber(rule.anchorOn), FORTNIGHT_DAYS);
      return addDays(today, FORTNIGHT_DAYS - into);
    }
    case "month": {
      const inThis = dayOfMonth(today, rule.day);
      return inThis > today ? inThis : dayOfMonth(addMonths(today, 1), rule.day);
    }
  }
}

/** The last due day up to `today`: of several that were missed it is the one that is caught up. */
export function lastDue(rule: ScheduleRule, today: CalendarDate): CalendarDate {
  switch (rule.every) {
    case "amount":
      return today;
    case "week":
      return addDays(nextWeekday(today, rule.day), -WEEK_DAYS);
    case "fortnight":
      return addDays(nextDue(rule, today), -FORTNIGHT_DAYS);
    case "month": {
      const inThis = dayOfMonth(today, rule.day);
      return inThis <= today ? inThis : dayOfMonth(addMonths(today, -1), rule.day);
    }
  }
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

const nextWeekday = (today: CalendarDate, day: number): CalendarDate =>
  addDays(today, modulo(day - weekdayOf(today), WEEK_DAYS) || WEEK_DAYS);

/** A day in the month of `date`, the last where the month is shorter. */
function dayOfMonth(date: CalendarDate, day: number): CalendarDate {
  const lastOfMonth = addDays(addMonths(`${date.slice(0, 8)}01`, 1), -1);
  const wanted = `${date.slice(0, 8)}${String(day).padStart(2, "0")}`;
  return wanted < lastOfMonth ? wanted : lastOfMonth;
}
