import { invariant } from "../kernel/invariant.ts";

/**
 * JSON with one spelling for one value (RFC 8785): no spaces, members in the order of their UTF-16 names, numbers as ECMAScript writes
 * them. What was stored and read back, whichever way, gives the same bytes.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  invariant(typeof value !== "number" || Number.isFinite(value), "JSON has no other numbers (RFC 8785, 3.2.2.3)");
  invariant(typeof value !== "string" || value.isWellFormed(), "half a character has no UTF-8 (RFC 8785, 3.2.2.2)");
  const text = JSON.stringify(value);
  invariant(text !== undefined, "what is hashed is plain JSON");
  return text;
}
