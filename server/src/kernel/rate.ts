/** Rates are whole parts per million: 10 % is 100_000n, and 0.1 % of a volume needs no fraction. */
export const PPM = 1_000_000n;

const PLACES = 6;
const FRACTION = /^(\d{1,9})(?:\.(\d+))?$/;

/**
 * A decimal fraction (0.25 is 25 %) as parts per million, exactly. A number is read through its shortest decimal text, which is what its
 * author wrote: 0.1 is a tenth, not the double next to it. More than six places, a sign or an exponent is refused, never rounded.
 */
export function ppmFromFraction(fraction: number | string): bigint {
  const [, whole, decimals = ""] = FRACTION.exec(String(fraction)) ?? [];
  const significant = decimals.replace(/0+$/, "");
  if (whole === undefined || significant.length > PLACES) {
    throw new RangeError(`${fraction} is not a rate: a decimal fraction of at most ${PLACES} places, such as 0.25`);
  }
  return BigInt(whole) * PPM + BigInt(significant.padEnd(PLACES, "0"));
}

/** Parts per million as a decimal fraction: the double whose shortest text is the exact value, as `ppmFromFraction` reads it. */
export const fractionFromPpm = (ppm: bigint): number => Number(ppm) / Number(PPM);
