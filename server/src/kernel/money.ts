import { exponentOf } from "./currency.ts";
import { invariant } from "./invariant.ts";

/**
 * The largest amount of any one event or grant: 10^14 minor units, a trillion dollars. More than any one sale, and little enough that sums
 * of thousands stay inside a bigint column and sums of dozens inside a JSON integer.
 */
export const AMOUNT_MAX_MINOR = 100_000_000_000_000n;

/** The one rounding of the product: to the nearest whole number, a half away from zero, so that a reversal mirrors what it reverses. */
export function roundHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  invariant(denominator > 0n, "a product is divided by a scale or by an amount above zero");
  if (numerator < 0n) return -roundHalfAwayFromZero(-numerator, denominator);
  return (2n * numerator + denominator) / (2n * denominator);
}

/**
 * Splits a total by weights so that the parts add up to it: each gets its whole share, and the units left over go to the largest
 * remainders, a tie to the lower index.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((left, right) => left + right, 0n);
  invariant(sum > 0n && weights.every((weight) => weight >= 0n), "a split has weights, and one of them is above zero");
  if (total < 0n) return allocate(-total, weights).map((part) => -part);

  const parts = weights.map((weight) => (total * weight) / sum);
  const remainders = weights.map((weight) => (total * weight) % sum);
  const left = total - parts.reduce((whole, part) => whole + part, 0n);
  // The sort is stable: equal remainders stay in the order of their indices.
  const byRemainder = [...remainders.keys()].toSorted((a, b) => compare(remainders[b], remainders[a]));
  const favoured = new Set(byRemainder.slice(0, Number(left)));
  return parts.map((part, index) => (favoured.has(index) ? part + 1n : part));
}

const compare = (left = 0n, right = 0n): number => Number(left > right) - Number(left < right);

const MAJOR = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/;

/** "12.34" as minor units. What the currency cannot express is refused, never rounded. */
export function parseMajor(text: string, currency: string): bigint {
  const exponent = exponentOfKnown(currency);
  const [, sign, whole, fraction = ""] = MAJOR.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`"${text}" is not a decimal number such as 12.34`);
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > exponent) {
    throw new RangeError(`"${text}" has more decimals than the ${exponent} of ${currency}`);
  }
  const minor = BigInt(whole + significant.padEnd(exponent, "0"));
  return sign === "-" ? -minor : minor;
}

/** Minor units as "12.34", with all the decimals of the currency. */
export function formatMajor(minor: bigint, currency: string): string {
  const exponent = exponentOfKnown(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  return `${minor < 0n ? "-" : ""}${digits.slice(0, cut)}${exponent === 0 ? "" : `.${digits.slice(cut)}`}`;
}

function exponentOfKnown(currency: string): number {
  const exponent = exponentOf(currency);
  invariant(exponent !== undefined, "amounts are in currencies that were checked at the edge");
  return exponent;
}
