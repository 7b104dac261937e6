import { createHash } from "node:crypto";
import { v7 } from "uuid";
import { takeRandomBytes } from "./random-bytes.ts";

const SEQUENCE_BITS_MASK = 0x7fff_ffff;
let lastMs = 0;
let sequence = 0;

/**
 * A new time-ordered identifier (UUID version 7): rows made together lie together in an index. Those of one process rise, within a
 * millisecond too.
 */
export const newId = (): string => idOf(newIdBytes());

/** The same as its sixteen bytes. */
export function newIdBytes(): Buffer {
  const random = takeRandomBytes();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    // Begun in the lower half, so that it does not run over.
    sequence = random.readUInt32BE(6) & SEQUENCE_BITS_MASK;
  } else {
    sequence += 1;
  }
  return v7({ msecs: lastMs, seq: sequence, random }, random);
}

/** The canonical form of an identifier's sixteen bytes. */
export function idOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in canonical lower-case form. */
export const isId = (text: string): boolean => UUID_PATTERN.test(text);

/**
 * An identifier derived from its parts: the same parts always give the same id, so that what is made twice collides with itself
 * (UUID version 8 over SHA-256, RFC 9562 section 5.8). Parts are length-prefixed: ("ab","c") and ("a","bc") differ.
 */
export function derivedId(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return idOf(bytes);
}
