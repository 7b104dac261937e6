/** When somebody was last seen somewhere. */
export type Sightings = {
  /** Notes that it is seen at an instant, and says when it was seen before, or `NEVER`. Both in ms. */
  see(where: string, who: string, atMs: number): number;
};

export const NEVER = Number.NEGATIVE_INFINITY;

/** Sightings of one bucket, the latest first. */
const WAYS = 4;

/**
 * Remembers `max` sightings, a power of two, by marks of 32 bits in a table that never grows. Where they crowd, the one longest untouched goes.
 * Somebody new is taken for another once in a billion times: for a count, not for a decision. A `Map` by text costs three times as much, since
 * all that it keeps is made, hashed and moved by the collector (measured, docs/adr/0058).
 */
export function createSightings(max: number): Sightings {
  const marks = new Uint32Array(max);
  const times = new Float64Array(max).fill(NEVER);
  const lastBucket = max / WAYS - 1;
  return {
    see: (where, who, atMs) => {
      // Two hashes, so that a mark tells apart what shares a bucket.
      const first = hashOf(who, hashOf(where, 0xdeadbeef, 0x9e3779b1), 0x9e3779b1);
      const mark = hashOf(who, hashOf(where, 0x41c6ce57, 0x5f356495), 0x5f356495);
      const front = (first & lastBucket) * WAYS;
      let at = front;
      while (at < front + WAYS - 1 && marks[at] !== mark) at += 1;
      const before = marks[at] === mark ? (times[at] ?? NEVER) : NEVER;
      for (; at > front; at -= 1) {
        marks[at] = marks[at - 1] ?? 0;
        times[at] = times[at - 1] ?? NEVER;
      }
      marks[front] = mark;
      times[front] = atMs;
      return before;
    },
  };
}

/** Goes on with a hash over a text; 32 bits. The last step brings the high bits, which every letter has reached, down to the low ones. */
function hashOf(text: string, begun: number, factor: number): number {
  let hash = begun;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), factor);
  return (hash ^ (hash >>> 15)) >>> 0;
}
