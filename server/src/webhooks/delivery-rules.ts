import { DAY_MS, HOUR_MS } from "../kernel/clock.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Pauses before each attempt after the first: three days and three hours in all (Standard Webhooks). */
export const RETRY_PAUSES_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
export const TRIES_MAX = RETRY_PAUSES_MS.length + 1;
/** Up to so much is added to a pause, so that what failed together does not come back together. */
const JITTER = 0.2;
/** An endpoint that asks for more is asked again all the same. */
const RETRY_AFTER_MAX_MS = HOUR_MS;
/** Where a busy endpoint does not say how long. */
const THROTTLE_DEFAULT_MS = 10 * SECOND_MS;

/** An endpoint that has taken nothing for so long: its owner is warned, then it is turned off. */
export const WARN_AFTER_MS = 2 * DAY_MS;
export const DISABLE_AFTER_MS = 5 * DAY_MS;

/** What came of a request: an answer, or none. */
export type Reply = { readonly statusCode: number | null; readonly retryAfter: string | null };

export type DeliveryOutcome = {
  readonly status: "delivered" | "waiting" | "dead";
  readonly nextAttemptAt: Date | null;
  /** The endpoint wants nothing before then. */
  readonly throttledUntil: Date | null;
  /** It says that it is gone for good. */
  readonly isGone: boolean;
};

const GONE = 410;
const BUSY = [429, 502, 503, 504];
const TOO_MANY = 429;

const settled = (status: "delivered" | "dead", isGone = false): DeliveryOutcome => ({
  status,
  nextAttemptAt: null,
  throttledUntil: null,
  isGone,
});

/**
 * What becomes of a delivery after a try. Only 2xx is success: a redirect is never followed. `tries` counts this one; `chance` is from 0 to 1.
 */
export function decideDelivery(
  { statusCode, retryAfter }: Reply,
  { tries, at, chance }: { readonly tries: number; readonly at: Date; readonly chance: number },
): DeliveryOutcome {
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return settled("delivered");
  if (statusCode === GONE) return settled("dead", true);
  const pauseMs = RETRY_PAUSES_MS[tries - 1];
  if (pauseMs === undefined) return settled("dead");
  const isBusy = statusCode !== null && BUSY.includes(statusCode);
  const askedMs = isBusy ? readRetryAfter(retryAfter, at) : undefined;
  const waitMs = Math.max(Math.floor(pauseMs * (1 + JITTER * chance)), askedMs ?? 0);
  const throttleMs = askedMs ?? (statusCode === TOO_MANY ? THROTTLE_DEFAULT_MS : undefined);
  return {
    status: "waiting",
    nextAttemptAt: new Date(at.getTime() + waitMs),
    throttledUntil: throttleMs === undefined ? null : new Date(at.getTime() + throttleMs),
    isGone: false,
  };
}

/** Seconds, or an HTTP date (RFC 9110, 10.2.3), as milliseconds from `at`, within bounds; undefined for what is neither. */
export function readRetryAfter(text: string | null, at: Date): number | undefined {
  if (text === null) return undefined;
  const value = text.trim();
  const waitMs = /^\d{1,9}$/.test(value) ? Number(value) * SECOND_MS : Date.parse(value) - at.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), RETRY_AFTER_MAX_MS);
}

/** What is due for an endpoint that has been failing: none is turned off whose owner has not had a day's warning. */
export function decideFailing(
  { failingSince, warnedAt }: { readonly failingSince: Date | null; readonly warnedAt: Date | null },
  now: Date,
): "disable" | "warn" | "wait" {
  if (failingSince === null) return "wait";
  const failingMs = now.getTime() - failingSince.getTime();
  if (warnedAt === null) return failingMs >= WARN_AFTER_MS ? "warn" : "wait";
  return failingMs >= DISABLE_AFTER_MS && now.getTime() - warnedAt.getTime() >= DAY_MS ? "disable" : "wait";
}
