import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createKnown } from "./known.ts";

const TTL_MS = 3_000;
let nowMs = 1;

beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Readings that are answered when the test says so. */
function open() {
  const readings: PromiseWithResolvers<string | undefined>[] = [];
  const known = createKnown<string, undefined>({
    max: 10,
    ttlMs: TTL_MS,
    read: () => {
      const reading = Promise.withResolvers<string | undefined>();
      readings.push(reading);
      return reading.promise;
    },
  });
  return {
    readings,
    find: () => known.find("key", undefined),
    atOnce: () => known.atOnce("key", undefined),
    clear: () => known.clear(),
    /** Answers the last reading. */
    answer: async (value: string | undefined) => {
      readings.at(-1)?.resolve(value);
      await vi.waitFor(() => {});
    },
  };
}

async function known(value: string) {
  const opened = open();
  const found = opened.find();
  await opened.answer(value);
  expect(await found).toBe(value);
  return opened;
}

it("is read once for all who ask at once, and not again while it is fresh", async () => {
  const { readings, find, answer, atOnce } = open();
  const found = [find(), find(), find()];
  expect(atOnce()).toBeUndefined();
  await answer("a");
  expect(await Promise.all(found)).toEqual(["a", "a", "a"]);
  nowMs += TTL_MS / 2;
  expect([atOnce(), await find()]).toEqual(["a", "a"]);
  expect(readings).toHaveLength(1);
});

it("what is asked for late in its time is read again by one, and nobody waits for it", async () => {
  const { readings, atOnce, answer } = await known("a");
  nowMs += TTL_MS - 1;
  expect([atOnce(), atOnce()]).toEqual(["a", "a"]);
  expect(readings).toHaveLength(2);
  await answer("b");
  expect(atOnce()).toBe("b");
  nowMs += TTL_MS - 1;
  expect(atOnce()).toBe("b");
});

it("nothing is known beyond its time, however long the next reading takes", async () => {
  const { atOnce, find, answer } = await known("a");
  nowMs += TTL_MS - 1;
  expect(atOnce()).toBe("a");
  nowMs += 2;
  expect(atOnce()).toBeUndefined();
  const found = find();
  await answer("b");
  expect(await found).toBe("b");
});

it("a reading that fails leaves what is known for the rest of its time, and is told to who asks after", async () => {
  const { readings, atOnce, find } = await known("a");
  nowMs += TTL_MS - 1;
  expect(atOnce()).toBe("a");
  readings.at(-1)?.reject(new Error("away"));
  await vi.waitFor(() => {
    expect(atOnce()).toBe("a");
    expect(readings).toHaveLength(3);
  }, 50_000);
  readings.at(-1)?.reject(new Error("away"));
  nowMs += 2;
  const found = find();
  readings.at(-1)?.reject(new Error("still away"));
  await expect(found).rejects.toThrow("away");
});

it("what is not there is not remembered", async () => {
  const { readings, find, answer } = open();
  const found = find();
  await answer(undefined);
  expect(await found).toBeUndefined();
  void find();
  expect(readings).toHaveLength(2);
});

it("forgets everything when it is told to, and keeps nothing that was being read then", async () => {
  const { readings, find, answer, atOnce, clear } = await known("a");
  nowMs += TTL_MS * 0.9;
  expect(atOnce()).toBe("a");
  expect(readings).toHaveLength(2);
  clear();
  expect(atOnce()).toBeUndefined();
  readings[1]?.resolve("read before");
  await vi.waitFor(() => {});
  expect(atOnce()).toBeUndefined();
  const found = find();
  await answer("b");
  expect(await found).toBe("b");
  expect(atOnce()).toBe("b");
});
