import { addDays, addMonths, type CalendarDate, dateInZone, dayNumber } from "../kernel/calendar.ts";
import { analyticsErrors } from "./analytics-errors.ts";

/** Periods by name; each ends today unless its name says otherwise. */
export const NAMED_PERIODS = [
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "12m",
  "this_month",
  "last_month",
  "this_year",
  "last_year",
] as const;
type NamedPeriod = (typeof NAMED_PERIODS)[number];

export const GRANULARITIES = ["day", "week", "month"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** Days in the programme's time zone, both ends included. */
export type Days = { readonly from: CalendarDate; readonly to: CalendarDate };

export type PeriodInput = {
  readonly period?: NamedPeriod;
  readonly from?: CalendarDate;
  readonly to?: CalendarDate;
  readonly granularity?: Granularity;
};

/** A period, the one of equal length that ends the day before it, and the steps in which it is shown. */
export type Period = Days & { readonly previous: Days; readonly granularity: Granularity };

const PERIOD_DEFAULT: NamedPeriod = "30d";
/** Ten years: what a series by day still draws. */
const PERIOD_DAYS_MAX = 3_660;
/** Longer than this is shown by week, longer than a year by month, unless asked otherwise. */
const SHOWN_BY_DAY_MAX = 92;
const SHOWN_BY_WEEK_MAX = 366;

/** Days of a period, both ends included. */
export const lengthOf = ({ from, to }: Days): number => dayNumber(to) - dayNumber(from) + 1;

const monthOf = (date: CalendarDate): CalendarDate => `${date.slice(0, 7)}-01`;
const yearOf = (date: CalendarDate): CalendarDate => `${date.slice(0, 4)}-01-01`;

const NAMED: Readonly<Record<NamedPeriod, (today: CalendarDate) => Days>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  "7d": (today) => ({ from: addDays(today, -6), to: today }),
  "30d": (today) => ({ from: addDays(today, -29), to: today }),
  "90d": (today) => ({ from: addDays(today, -89), to: today }),
  "12m": (today) => ({ from: addDays(addMonths(today, -12), 1), to: today }),
  this_month: (today) => ({ from: monthOf(today), to: today }),
  last_month: (today) => ({ from: addMonths(monthOf(today), -1), to: addDays(monthOf(today), -1) }),
  this_year: (today) => ({ from: yearOf(today), to: today }),
  last_year: (today) => ({ from: addMonths(yearOf(today), -12), to: addDays(yearOf(today), -1) }),
};

/** The period that is asked for, as days of the programme's time zone. */
export function resolvePeriod(input: PeriodInput, { now, timeZone }: { now: Date; timeZone: string }): Period {
  const days = daysOf(input, dateInZone(now, timeZone));
  const length = lengthOf(days);
  if (!(length >= 1)) throw analyticsErrors.period_invalid({ ...days });
  if (length > PERIOD_DAYS_MAX) throw analyticsErrors.period_too_long({ ...days, daysMax: PERIOD_DAYS_MAX });
  return {
    ...days,
    previous: { from: addDays(days.from, -length), to: addDays(days.from, -1) },
    granularity: input.granularity ?? granularityFor(length),
  };
}

function daysOf({ period, from, to }: PeriodInput, today: CalendarDate): Days {
  if (from === undefined && to === undefined) return NAMED[period ?? PERIOD_DEFAULT](today);
  if (from === undefined || to === undefined || period !== undefined) throw analyticsErrors.period_ambiguous();
  if (![from, to].every(isDate)) throw analyticsErrors.period_invalid({ from, to });
  return { from, to };
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayNumber(text)) && addDays(text, 0) === text;

const granularityFor = (length: number): Granularity =>
  length <= SHOWN_BY_DAY_MAX ? "day" : length <= SHOWN_BY_WEEK_MAX ? "week" : "month";

/** Monday, as ISO 8601 begins a week; 1 January 1970 was a Thursday. */
const mondayOf = (date: CalendarDate): CalendarDate => addDays(date, -((((dayNumber(date) + 3) % 7) + 7) % 7));

/** The first day of the step that a day lies in; Postgres' date_trunc agrees. */
export const stepOf = (date: CalendarDate, granularity: Granularity): CalendarDate =>
  granularity === "day" ? date : granularity === "week" ? mondayOf(date) : monthOf(date);

/** The steps of a period in order, without gaps. The first and the last are cut to the period: what is shown adds up to its total. */
export function stepsOf({ from, to, granularity }: Days & { readonly granularity: Granularity }): Days[] {
  const steps: Days[] = [];
  for (let begins = from; begins <= to; ) {
    const next = nextStep(stepOf(begins, granularity), granularity);
    const ends = addDays(next, -1);
    steps.push({ from: begins, to: ends < to ? ends : to });
    begins = next;
  }
  return steps;
}

const nextStep = (step: CalendarDate, granularity: Granularity): CalendarDate =>
  granularity === "month" ? addMonths(step, 1) : addDays(step, granularity === "week" ? 7 : 1);
