import { formatLocale } from "../i18n/locale.ts";
import { timeZone } from "../i18n/time-zone.ts";

type Instant = string | Date;
const DAY_MS = 86_400_000;

const format = (options: Intl.DateTimeFormatOptions, at: Instant): string =>
  new Intl.DateTimeFormat(formatLocale(), { timeZone: timeZone(), ...options }).format(new Date(at));

/** The day that an instant falls on in a zone: `2026-03-01`. */
export const dayIn = (at: Instant, zone: string | undefined): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(at),
  );

const yearOf = (at: Instant): string => dayIn(at, timeZone()).slice(0, 4);

/** `12 Nov`, with the year where it is another one. */
export function formatDate(at: Instant, now: Date = new Date()): string {
  const year = yearOf(at) === yearOf(now) ? {} : ({ year: "numeric" } as const);
  return format({ day: "numeric", month: "short", ...year }, at);
}

/** `12 Nov, 14:03`. */
export const formatTime = (at: Instant): string =>
  `${formatDate(at)}, ${format({ hour: "2-digit", minute: "2-digit" }, at)}`;

/** A day without a time (`2026-03-01`), read where it was written; with its year where it is another one. */
export function formatDay(day: string, now: Date = new Date()): string {
  const year = Number(day.slice(0, 4)) === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return format({ day: "numeric", month: "short", ...year, timeZone: "UTC" }, `${day}T00:00:00Z`);
}

/** How far a place's clocks are ahead of UTC at an instant, in milliseconds. */
function aheadBy(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(at);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** When a day (`2026-03-01`) begins in a time zone, as an instant of the API. */
export function dayBegins(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Asked a second time at the instant that was found: clocks may have been changed in between.
  const near = midnight - aheadBy(midnight, timeZone);
  return new Date(midnight - aheadBy(near, timeZone)).toISOString();
}

/** All of a day (`2026-03-01`) in a time zone: when it begins there, and when the next one does. */
export function wholeDay(day: string, timeZone: string): { readonly begins: string; readonly ends: string } {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return { begins: dayBegins(day, timeZone), ends: dayBegins(next, timeZone) };
}

/** A day as its reader means it: in the zone that times are shown in. */
export const readersDay = (day: string) =>
  wholeDay(day, timeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The whole truth, for the title of a date. */
export const formatExactly = (at: Instant): string =>
  `${format({ dateStyle: "full", timeStyle: "long" }, at)} (${new Date(at).toISOString()})`;

const HOUR_MS = 3_600_000;

/** How long ago, under a day: `40 min`, `5 h`; a date after that. */
export function formatAgo(at: Instant, now: Date = new Date()): string {
  const ms = now.getTime() - new Date(at).getTime();
  if (ms < 0 || ms >= 24 * HOUR_MS) return formatDate(at, now);
  const relative = new Intl.RelativeTimeFormat(formatLocale(), { style: "short", numeric: "auto" });
  return ms < HOUR_MS
    ? relative.format(-Math.floor(ms / 60_000), "minute")
    : relative.format(-Math.floor(ms / HOUR_MS), "hour");
}

/** A month by one of its days (`2026-03-01`): `Mar 2026`. */
export const formatMonth = (day: string): string =>
  format({ month: "short", year: "numeric", timeZone: "UTC" }, `${day}T00:00:00Z`);
