import { expect, it } from "vitest";
import { takeRandomBytes } from "./random-bytes.ts";

it("bytes that are taken are taken once, and stay as they were", () => {
  const taken = Array.from({ length: 2_000 }, () => takeRandomBytes());
  const texts = taken.map((bytes) => bytes.toString("hex"));
  expect(texts.every((text) => text.length === 32)).toBe(true);
  expect(new Set(texts).size).toBe(taken.length);
  for (let times = 0; times < 300; times += 1) takeRandomBytes();
  expect(taken.map((bytes) => bytes.toString("hex"))).toEqual(texts);
});
