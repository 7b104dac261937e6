import { describe, expect, it } from "vitest";
import { PNG } from "../../test/kit/journey-scenes.ts";
import { imageSize } from "./image-size.ts";

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const text = (value: string): Buffer => Buffer.from(value, "latin1");
const size = { width: 300, height: 250 };

const GIF = Buffer.concat([text("GIF89a"), bytes(0x2c, 0x01, 0xfa, 0x00, 0, 0, 0)]);
/** An application segment and a Huffman table before the frame. */
const JPEG = Buffer.concat([
  bytes(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 1, 2, 0xff, 0xc4, 0x00, 0x03, 9, 0xff),
  bytes(0xff, 0xc2, 0x00, 0x0b, 8, 0x00, 0xfa, 0x01, 0x2c, 1, 1, 0x11, 0),
]);
const riff = (kind: string, body: Buffer): Buffer =>
  Buffer.concat([text("RIFF"), bytes(0, 0, 0, 0), text(`WEBP${kind}`), bytes(0, 0, 0, 0), body]);
const LOSSY = riff("VP8 ", Buffer.concat([bytes(0, 0, 0, 0x9d, 0x01, 0x2a), bytes(0x2c, 0x01, 0xfa, 0x00)]));
const LOSSLESS_BITS = Buffer.alloc(5);
LOSSLESS_BITS.writeUInt8(0x2f, 0);
LOSSLESS_BITS.writeUInt32LE(299 | (249 << 14), 1);
const LOSSLESS = riff("VP8L", LOSSLESS_BITS);
const EXTENDED = riff("VP8X", bytes(0, 0, 0, 0, 0x2b, 0x01, 0, 0xf9, 0, 0));

describe("the size of a picture", () => {
  it.each([
    ["GIF", "image/gif", GIF],
    ["JPEG", "image/jpeg", JPEG],
    ["lossy WebP", "image/webp", LOSSY],
    ["lossless WebP", "image/webp", LOSSLESS],
    ["extended WebP", "image/webp", EXTENDED],
  ])("is read from a %s", (_, mediaType, content) => expect(imageSize(mediaType, content)).toEqual(size));

  it("is read from a PNG", () => {
    expect(imageSize("image/png", Buffer.from(PNG, "base64"))).toEqual({ width: 1, height: 1 });
  });

  it.each([
    ["a PNG that ends early", "image/png", Buffer.from(PNG, "base64").subarray(0, 20)],
    ["a JPEG without a frame", "image/jpeg", JPEG.subarray(0, 14)],
    [
      "a JPEG whose segment lies",
      "image/jpeg",
      Buffer.concat([bytes(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff), Buffer.alloc(20)]),
    ],
    ["a GIF of no width", "image/gif", Buffer.concat([text("GIF89a"), bytes(0, 0, 1, 0)])],
    ["a WebP of another kind", "image/webp", riff("ABCD", Buffer.alloc(20))],
    ["a paper", "application/pdf", Buffer.alloc(40)],
  ])("is not made up for %s", (_, mediaType, content) => expect(imageSize(mediaType, content)).toBeUndefined());
});
