import { wireInteger } from "../platform/wire.ts";

/**
 * Where Stripe's minor unit is not ISO 4217's (https://docs.stripe.com/currencies, "Special cases"). ISK and UGX have no decimals but are
 * written with two zeros; the ariary is written in whole units. Of three-decimal currencies the last digit is zero. HUF and TWD are like
 * others in transfers: only Stripe's own payouts to banks are in whole units, and what is left over stays in the partner's balance there.
 */
const TWO_ZEROS: ReadonlySet<string> = new Set(["ISK", "UGX"]);
const WHOLE_UNITS: ReadonlySet<string> = new Set(["MGA"]);
const LAST_DIGIT_ZERO: ReadonlySet<string> = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

const MINOR_PER_WHOLE = 100n;
const TEN = 10n;

/** The smallest amount that can be transferred, in ISO minor units; every amount is a multiple of it. */
export function stripeStep(currency: string): bigint {
  if (WHOLE_UNITS.has(currency)) return MINOR_PER_WHOLE;
  return LAST_DIGIT_ZERO.has(currency) ? TEN : 1n;
}

/** ISO minor units as the API takes them. The amount is a multiple of the currency's step. */
export function stripeAmount(amount: bigint, currency: string): number {
  if (TWO_ZEROS.has(currency)) return wireInteger(amount * MINOR_PER_WHOLE);
  return wireInteger(WHOLE_UNITS.has(currency) ? amount / MINOR_PER_WHOLE : amount);
}

/** What the API says, in ISO minor units. */
export function fromStripeAmount(amount: number, currency: string): bigint {
  const code = currency.toUpperCase();
  if (TWO_ZEROS.has(code)) return BigInt(amount) / MINOR_PER_WHOLE;
  return WHOLE_UNITS.has(code) ? BigInt(amount) * MINOR_PER_WHOLE : BigInt(amount);
}
