import { invariant } from "../kernel/invariant.ts";

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** An amount as JSON carries it: an integer that every JSON reader holds exactly (within ±(2^53 − 1)). */
export function wireInteger(value: bigint): number {
  invariant(value <= SAFE && value >= -SAFE, `${value} does not fit a JSON integer`);
  return Number(value);
}

/** Plain JSON of a verb's result: bigint as integer, Date as ISO text. The same object that the response schema would serialise. */
export const toWire = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? wireInteger(inner) : inner)) ?? "null";

/** The same as plain values: what a response schema reads. Anything that is no plain object or array (a stream, a buffer) stays as it is. */
export function toPlain(value: unknown): unknown {
  if (typeof value === "bigint") return wireInteger(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toPlain);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toPlain(inner)]));
}
