import { DAY_MS } from "./clock.ts";

/** A calendar day, `YYYY-MM-DD`: days compare as texts. */
export type CalendarDate = string;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  // `en-US` over the ISO calendar: parts are read by name, so that no locale's order or separator matters.
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/** Whether the program knows the time zone (IANA name). */
export function isTimeZone(timeZone: string): boolean {
  try {
    return formatOf(timeZone) !== undefined;
  } catch {
    return false;
  }
}

/** The day on which an instant falls in a time zone. */
export function dateInZone(instant: Date, timeZone: string): CalendarDate {
  if (timeZone === "UTC") return instant.toISOString().slice(0, 10);
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
}

/** The same day some calendar months on; a day that the month lacks is its last day (31 August and six months: 28 or 29 February). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return `${first.toISOString().slice(0, 8)}${String(Math.min(day, days)).padStart(2, "0")}`;
}

/** A day as a number that grows by one a day; 1970-01-01, a Thursday, is 0. */
export const dayNumber = (date: CalendarDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The same day some days on. */
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);

/** Of the week: 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekdayOf = (date: CalendarDate): number => ((dayNumber(date) + 3) % 7) + 1;

/** No time zone is further from UTC than fourteen hours. */
const FARTHEST_ZONE_MS = 15 * 3_600_000;

/** The first instant of a day in a time zone; of a day that the zone left out, that of the next. */
export function startOfDay(date: CalendarDate, timeZone: string): Date {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (timeZone === "UTC") return new Date(midnight);
  // Days never run backwards, so the first instant that bears the date is found by halving.
  let [before, at] = [midnight - FARTHEST_ZONE_MS, midnight + FARTHEST_ZONE_MS];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (dateInZone(new Date(middle), timeZone) >= date) at = middle;
    else before = middle;
  }
  return new Date(at);
}
