import { describe, expect, it } from "vitest";
import { createReader, createRecent } from "./recent.ts";

describe("what was lately seen", () => {
  it("is there, with its newest value", () => {
    const recent = createRecent<number>(4);
    recent.set("a", 1);
    recent.set("a", 2);
    expect(recent.get("a")).toBe(2);
    expect(recent.get("b")).toBeUndefined();
  });

  it("stays while it is used, however much else comes by", () => {
    const recent = createRecent<number>(4);
    recent.set("kept", 1);
    for (let turn = 0; turn < 100; turn += 1) {
      recent.set(`passing ${turn}`, turn);
      expect(recent.get("kept")).toBe(1);
    }
  });

  it("is the last half of what fits at least, and no more than what fits", () => {
    const recent = createRecent<number>(10);
    for (let turn = 0; turn < 1_000; turn += 1) recent.set(`${turn}`, turn);
    const kept = Array.from({ length: 1_000 }, (_, turn) => turn).filter((turn) => recent.get(`${turn}`) !== undefined);
    expect(kept.slice(-5)).toEqual([995, 996, 997, 998, 999]);
    expect(kept.length).toBeLessThanOrEqual(10);
  });

  it("has its newest value where an older generation has another", () => {
    const recent = createRecent<number>(4);
    recent.set("a", 1);
    recent.set("b", 1);
    recent.set("c", 1);
    recent.set("a", 2);
    recent.set("d", 1);
    expect(recent.get("a")).toBe(2);
  });
});

describe("a reading of texts", () => {
  const reader = () => {
    const read: string[] = [];
    const lengthOf = createReader(
      (text) => {
        read.push(text);
        return { length: text.length };
      },
      { max: 4, lengthMax: 3 },
    );
    return { read, lengthOf };
  };

  it("is done once for texts that are alike", () => {
    const { read, lengthOf } = reader();
    expect(["ab", "ab", "abc"].map((text) => lengthOf(text).length)).toEqual([2, 2, 3]);
    expect(read).toEqual(["ab", "abc"]);
  });

  it("keeps no text that is too long, and no more than so many", () => {
    const { read, lengthOf } = reader();
    for (const text of ["long", "long", "a", "b", "c", "d", "e", "a"]) lengthOf(text);
    expect(read).toEqual(["long", "long", "a", "b", "c", "d", "e", "a"]);
  });
});
