import { expect, it } from "vitest";
import { likeOf } from "./like-pattern.ts";

it.each([
  ["50%", "%50\\%%"],
  ["a_b", "%a\\_b%"],
  ["c:\\d", "%c:\\\\d%"],
])("%s stands for itself", (words, pattern) => {
  expect(likeOf(words)).toBe(pattern);
});
