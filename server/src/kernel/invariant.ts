/** Thrown when the program contradicts itself. Always our bug, never the caller's: it becomes a 500 and an alert. */
export class InvariantViolation extends Error {
  override name = "InvariantViolation";
}

/** Asserts what must be true by construction; `why` says why the opposite cannot be. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new InvariantViolation(why);
}
