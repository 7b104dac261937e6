import { expect, it } from "vitest";
import { createMemoryCounter } from "./memory-counter.ts";

it("counts each subject in a window that begins with its first request, and anew when that is over", () => {
  let nowMs = 0;
  const count = createMemoryCounter({ points: 1, windowSeconds: 60 }, () => nowMs);
  expect(count("a")).toEqual({ count: 1, msLeft: 60_000 });
  nowMs = 10_000;
  expect(count("b")).toEqual({ count: 1, msLeft: 60_000 });
  nowMs = 59_999;
  expect(count("a")).toEqual({ count: 2, msLeft: 1 });
  nowMs = 60_000;
  expect(count("a")).toEqual({ count: 1, msLeft: 60_000 });
  expect(count("b")).toEqual({ count: 2, msLeft: 10_000 });
});
