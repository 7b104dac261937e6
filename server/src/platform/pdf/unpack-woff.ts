import { inflateSync } from "node:zlib";

/** WOFF File Format 1.0, https://www.w3.org/TR/WOFF/: the header, and an entry of its directory of tables. */
const WOFF_HEADER_BYTES = 44;
const WOFF_ENTRY_BYTES = 20;
/** OpenType, "Organization of an OpenType Font": the same of a font that is not packed. */
const SFNT_HEADER_BYTES = 12;
const SFNT_ENTRY_BYTES = 16;

/** A font that was packed for the web, as the TrueType or OpenType font that it was made of: each table unpacked, in the same order. */
export function unpackWoff(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) =>
    readTable(woff, WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES),
  );
  const header = Buffer.alloc(SFNT_HEADER_BYTES);
  const log2 = Math.floor(Math.log2(count));
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** log2 * SFNT_ENTRY_BYTES, 6);
  header.writeUInt16BE(log2, 8);
  header.writeUInt16BE((count - 2 ** log2) * SFNT_ENTRY_BYTES, 10);

  const directory = Buffer.alloc(count * SFNT_ENTRY_BYTES);
  let offset = header.length + directory.length;
  const contents = tables.map(({ tag, checksum, content }, index) => {
    const entry = directory.subarray(index * SFNT_ENTRY_BYTES);
    tag.copy(entry);
    checksum.copy(entry, 4);
    entry.writeUInt32BE(offset, 8);
    entry.writeUInt32BE(content.length, 12);
    const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([header, directory, ...contents]);
}

function readTable(woff: Buffer, at: number): { tag: Buffer; checksum: Buffer; content: Buffer } {
  const [offset, packedLength, length] = [
    woff.readUInt32BE(at + 4),
    woff.readUInt32BE(at + 8),
    woff.readUInt32BE(at + 12),
  ];
  const packed = woff.subarray(offset, offset + packedLength);
  return {
    tag: woff.subarray(at, at + 4),
    checksum: woff.subarray(at + 16, at + 20),
    // What would not become smaller is not packed.
    content: packedLength < length ? inflateSync(packed) : packed,
  };
}
