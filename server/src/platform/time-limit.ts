/** When something has to be done by, on a clock that only goes forward. */
export type TimeLimit = { readonly leftMs: () => number };

/** Begins now. `leftMs` is whole, and below zero once the time is over. */
export function timeLimit(lengthMs: number): TimeLimit {
  const end = performance.now() + lengthMs;
  return { leftMs: () => Math.floor(end - performance.now()) };
}
