export { limitHeadersOf, refusalOf, requireAllowed } from "./limit-headers.ts";
export type { Limit, LimitName } from "./limits.ts";
export { LIMITS, PARTNER_KEYS_FACTOR } from "./limits.ts";
export { networkOf } from "./network-of.ts";
export type { RateLimits, Verdict } from "./rate-limits.ts";
export { clearExpiredLimits, createRateLimits } from "./rate-limits.ts";
