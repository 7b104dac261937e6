import { invariant } from "../../kernel/invariant.ts";

/*
 * Arrays in Postgres' binary format (array_send): what a hot statement carries is read on the other side by copying, where text is parsed
 * letter by letter. One dimension, nulls allowed.
 */

/** Dimensions, whether there are nulls, the element's type, the number of elements, the first index: four bytes each. */
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

/** Postgres' own numbers of its types (pg_type.dat); they never change. */
const OID = { boolean: 16, bigint: 20, integer: 23, text: 25, timestamptz: 1184, uuid: 2950, jsonb: 3802 } as const;

/** In UTF-8 a unit of a JavaScript text takes no more. */
const UNIT_BYTES_MAX = 3;
const UUID_BYTES = 16;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Where the two digits of each byte stand in a UUID's text. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const INTEGER_BYTES = 4;
const BIGINT_BYTES = 8;
const TIMESTAMP_BYTES = 8;
/** 2000-01-01, from which Postgres counts. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const MICROS_PER_MS = 1_000n;
const JSONB_VERSION = 1;

/** Writes a value at an offset and returns how many bytes it took. */
type Write<Value> = (into: Buffer, value: Value, offset: number) => number;

function arrayOf<Value>(oid: number, values: readonly (Value | null)[], bytesMax: number, write: Write<Value>): Buffer {
  const into = Buffer.allocUnsafe(HEAD_BYTES + values.length * LENGTH_BYTES + bytesMax);
  let offset = HEAD_BYTES;
  let hasNulls = 0;
  for (const value of values) {
    const length = value === null ? NULL_LENGTH : write(into, value, offset + LENGTH_BYTES);
    offset = into.writeInt32BE(length, offset);
    if (value === null) hasNulls = 1;
    else offset += length;
  }
  into.writeInt32BE(1, 0);
  into.writeInt32BE(hasNulls, 4);
  into.writeInt32BE(oid, 8);
  into.writeInt32BE(values.length, 12);
  into.writeInt32BE(1, 16);
  return into.subarray(0, offset);
}

/** UUIDs in their usual form, with dashes. */
export const uuidArray = (ids: readonly (string | null)[]): Buffer =>
  arrayOf(OID.uuid, ids, ids.length * UUID_BYTES, writeUuid);

export const textArray = (texts: readonly (string | null)[]): Buffer =>
  arrayOf(OID.text, texts, bytesMaxOf(texts), writeText);

/** Texts of JSON. */
export const jsonbArray = (texts: readonly (string | null)[]): Buffer =>
  arrayOf(OID.jsonb, texts, bytesMaxOf(texts) + texts.length, writeJsonb);

export const booleanArray = (values: readonly boolean[]): Buffer =>
  arrayOf(OID.boolean, values, values.length, (into, value, offset) => into.writeUInt8(value ? 1 : 0, offset) - offset);

/** Whole numbers of up to 32 bits. */
export const integerArray = (values: readonly (number | null)[]): Buffer =>
  arrayOf(
    OID.integer,
    values,
    values.length * INTEGER_BYTES,
    (into, value, offset) => into.writeInt32BE(value, offset) - offset,
  );

/** Whole numbers of up to 64 bits: amounts. */
export const bigintArray = (values: readonly (bigint | null)[]): Buffer =>
  arrayOf(
    OID.bigint,
    values,
    values.length * BIGINT_BYTES,
    (into, value, offset) => into.writeBigInt64BE(value, offset) - offset,
  );

export const timestamptzArray = (instants: readonly (Date | null)[]): Buffer =>
  arrayOf(OID.timestamptz, instants, instants.length * TIMESTAMP_BYTES, writeInstant);

function bytesMaxOf(texts: readonly (string | null)[]): number {
  let units = 0;
  for (const text of texts) units += text?.length ?? 0;
  return units * UNIT_BYTES_MAX;
}

const writeText: Write<string> = (into, text, offset) => into.write(text, offset);

const writeJsonb: Write<string> = (into, text, offset) =>
  writeText(into, text, into.writeUInt8(JSONB_VERSION, offset)) + 1;

function writeUuid(into: Buffer, id: string, offset: number): number {
  // Postgres refuses a text that is none; of these bytes it would take any.
  invariant(UUID.test(id), "what is written as a UUID is one");
  for (let byte = 0; byte < UUID_BYTES; byte += 1) {
    const at = UUID_DIGITS[byte] ?? 0;
    into[offset + byte] = (digitOf(id.charCodeAt(at)) << 4) | digitOf(id.charCodeAt(at + 1));
  }
  return UUID_BYTES;
}

/** The value of a hexadecimal digit by its code: letters have a bit more, and are numbered from one. */
const digitOf = (code: number): number => (code & 0x0f) + ((code & 0x40) === 0 ? 0 : 9);

function writeInstant(into: Buffer, instant: Date, offset: number): number {
  into.writeBigInt64BE(BigInt(instant.getTime() - POSTGRES_EPOCH_MS) * MICROS_PER_MS, offset);
  return TIMESTAMP_BYTES;
}
