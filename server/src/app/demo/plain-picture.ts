import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number];

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Eight bits of red, green and blue each, compressed, unfiltered lines, not interlaced (ISO/IEC 15948, 11.2.2). */
const FORMAT = Buffer.from([8, 2, 0, 0, 0]);

/** A PNG of two colours, parted by a slanting line: a banner as it might be. */
export function plainPicture({
  width,
  height,
  colours: [one, other],
}: {
  readonly width: number;
  readonly height: number;
  readonly colours: readonly [Colour, Colour];
}): Buffer {
  const lines = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (__, x) => (x / width + y / height < 1 ? one : other));
    // Each line begins with its filter: none.
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(8);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", Buffer.concat([header, FORMAT])),
    chunk("IDAT", deflateSync(Buffer.concat(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
