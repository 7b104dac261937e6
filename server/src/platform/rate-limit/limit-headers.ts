import { defineErrors } from "../../kernel/errors.ts";
import type { Verdict } from "./rate-limits.ts";

export const limitErrors = defineErrors("request", {
  rate_limited: { kind: "too_many", title: "Too many requests; wait" },
});

/**
 * Tells the caller how it stands: `RateLimit` and `RateLimit-Policy` as draft-ietf-httpapi-ratelimit-headers has them, and the three fields
 * of its earlier versions, which most clients read.
 */
export const limitHeadersOf = ({ name, points, windowSeconds, remaining, resetSeconds }: Verdict) => ({
  "ratelimit-policy": `"${name}";q=${points};w=${windowSeconds}`,
  ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  "ratelimit-limit": points,
  "ratelimit-remaining": remaining,
  "ratelimit-reset": resetSeconds,
});

/** Refuses what a limit did not allow. */
export function requireAllowed(verdict: Verdict): void {
  if (!verdict.isAllowed) throw refusalOf(verdict);
}

/** The answer to it carries `Retry-After`. */
export const refusalOf = ({ points, windowSeconds, resetSeconds }: Verdict) =>
  limitErrors.rate_limited({ limit: points, windowSeconds, retryAfterSeconds: resetSeconds });
