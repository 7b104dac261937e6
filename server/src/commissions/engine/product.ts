import { roundHalfAwayFromZero } from "../../kernel/money.ts";
import { PPM } from "../../kernel/rate.ts";
import type { Terms } from "../../programs/index.ts";

/** A figure before it is rounded, exactly: minor units as a fraction. */
export type Product = { readonly numerator: bigint; readonly denominator: bigint };

/** Base × recurringRate × (1 + bonus) × multiplier, or base × (recurringRate + bonus) × multiplier where the plan counts in points. */
export function recurringProduct(
  base: bigint,
  terms: Pick<Terms, "recurringRatePpm" | "volumeBonusMode" | "tierMultiplierPpm">,
  bonusPpm: bigint,
): Product {
  const { recurringRatePpm, tierMultiplierPpm, volumeBonusMode } = terms;
  return volumeBonusMode === "multiplicative"
    ? { numerator: base * recurringRatePpm * (PPM + bonusPpm) * tierMultiplierPpm, denominator: PPM ** 3n }
    : { numerator: base * (recurringRatePpm + bonusPpm) * tierMultiplierPpm, denominator: PPM ** 2n };
}

/** Base × rate × multiplier: shares and rates of volume know no bonus. */
export const plainProduct = (base: bigint, ratePpm: bigint, multiplierPpm: bigint): Product => ({
  numerator: base * ratePpm * multiplierPpm,
  denominator: PPM ** 2n,
});

/** What of a commission `refunded` out of `amount` takes back in all. Of no amount nothing can be taken back, whatever its revenue earned. */
export const proRata = (commission: bigint, refunded: bigint, amount: bigint): Product =>
  amount === 0n ? { numerator: 0n, denominator: 1n } : { numerator: commission * refunded, denominator: amount };

export const rounded = ({ numerator, denominator }: Product): bigint => roundHalfAwayFromZero(numerator, denominator);

/** A product as text: "117.7", or "59000/1177" where the decimal has no end. Products are never negative. */
export function exactText({ numerator, denominator }: Product): string {
  const places = decimalPlaces(denominator);
  if (places === undefined) {
    return numerator % denominator === 0n ? `${numerator / denominator}` : `${numerator}/${denominator}`;
  }
  const digits = numerator.toString().padStart(places + 1, "0");
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - places);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/** n where the denominator is 10ⁿ. */
function decimalPlaces(denominator: bigint): number | undefined {
  const digits = denominator.toString();
  return /^10*$/.test(digits) ? digits.length - 1 : undefined;
}
