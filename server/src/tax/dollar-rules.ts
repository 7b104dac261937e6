import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { PPM } from "../kernel/rate.ts";
import type { RateRow } from "./figures-repository.ts";

/**
 * A sum in US cents at the average rate of a year, rounded once; undefined where the rate has not been entered. The same as the statement of
 * the year's lines computes.
 */
export function inCents(
  amount: bigint,
  currency: string,
  rate: Pick<RateRow, "exponent" | "units_ppm"> | undefined,
): bigint | undefined {
  if (currency === "USD") return amount;
  if (rate === undefined) return undefined;
  return roundHalfAwayFromZero(amount * 100n * PPM, 10n ** BigInt(rate.exponent) * rate.units_ppm);
}
