import { formatLocale } from "../i18n/locale.ts";

type Instant = string | Date;

const format = (options: Intl.DateTimeFormatOptions, at: Instant): string =>
  new Intl.DateTimeFormat(formatLocale(), options).format(new Date(at));

/** `12 Nov`, with the year where it is another one. */
export function formatDate(at: Instant, now: Date = new Date()): string {
  const year = new Date(at).getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
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
