import Stripe from "stripe";
import type { TransferOutcome } from "./transfer-provider.ts";

/** Nothing was moved, and the same account and amount may work later: money has to be added, or a limit has to pass. */
const LATER_CODES = new Set(["balance_insufficient", "payouts_limit_exceeded"]);

/** Statuses that say nothing about the transfer: our key or its rights are wrong, the server failed, a first request still runs. */
const isSilent = (status: number): boolean => status >= 500 || status === 401 || status === 408 || status === 409;

/** A 403 that is about the receiving account, not about us. */
const ACCOUNT_CODES: ReadonlySet<string> = new Set(["account_invalid", "transfers_not_allowed"]);

/**
 * What an error of `transfers.create` says about the money.
 *
 * - No answer, a 5xx, a 409 on the key, a 429: unknown. A 5xx may have acted, and Stripe replays it under its key for a day, so only a
 *   look-up settles it; the others are not stored and the same key may be sent again.
 * - 401, a 403 about our own rights, and a key used with other parameters: our own mistake. Nothing is concluded, so that nothing is sent anew.
 * - A 4xx without a request id is not Stripe's: something in between refused, and says nothing of an earlier sending.
 * - Any other 4xx is final under its key: nothing was moved.
 *
 * https://docs.stripe.com/api/idempotent_requests, https://docs.stripe.com/error-handling
 */
export function outcomeOfError(error: unknown): TransferOutcome {
  if (!(error instanceof Stripe.errors.StripeError)) return { kind: "unknown", code: "no_answer" };
  const status = error.statusCode ?? 0;
  const code = error.code ?? error.rawType ?? error.type;
  if (error instanceof Stripe.errors.StripeConnectionError || status === 0)
    return { kind: "unknown", code: "no_answer" };
  if (isRateLimit(error)) return { kind: "unknown", code: "rate_limited" };
  if (error instanceof Stripe.errors.StripeIdempotencyError) return { kind: "unknown", code: "idempotency_error" };
  if (isSilent(status)) return { kind: "unknown", code: `http_${status}` };
  if (status === 403 && !ACCOUNT_CODES.has(code)) return { kind: "unknown", code: "http_403" };
  if (error.requestId === undefined || error.rawType === undefined) return { kind: "unknown", code: "not_stripe" };
  return { kind: "failed", code, next: LATER_CODES.has(code) ? "retry_later" : "give_up" };
}

/** Stripe was asked too often, or too much at once of one object: a 429, or a 400 that says so. */
export const isRateLimit = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeRateLimitError ||
  (error instanceof Stripe.errors.StripeError && error.statusCode === 429);

/** How long Stripe asks to be left alone (`Retry-After`, in whole seconds), in milliseconds; 0 where it does not say. */
export function retryAfterMs(error: unknown): number {
  const seconds = Number((error as Stripe.errors.StripeError).headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}
