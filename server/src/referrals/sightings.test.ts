import { describe, expect, it } from "vitest";
import { newId } from "../kernel/id.ts";
import { createSightings, NEVER } from "./sightings.ts";

describe("sightings", () => {
  it("say when the same was last seen in the same place", () => {
    const sightings = createSightings(1_024);
    expect(sightings.see("link", "visitor", 1_000)).toBe(NEVER);
    expect(sightings.see("link", "another", 2_000)).toBe(NEVER);
    expect(sightings.see("elsewhere", "visitor", 3_000)).toBe(NEVER);
    expect(sightings.see("link", "visitor", 4_000)).toBe(1_000);
    expect(sightings.see("link", "visitor", 5_000)).toBe(4_000);
    expect(sightings.see("link", "another", 6_000)).toBe(2_000);
  });

  it("forget what is longest untouched where they crowd, whatever the clocks say", () => {
    const sightings = createSightings(4);
    for (const [who, atMs] of [
      ["a", 900],
      ["b", 100],
      ["c", 100],
      ["d", 100],
    ] as const)
      sightings.see("link", who, atMs);
    expect(sightings.see("link", "b", 200)).toBe(100);
    expect(sightings.see("link", "e", 200)).toBe(NEVER);
    expect(sightings.see("link", "b", 300)).toBe(200);
    expect(sightings.see("link", "a", 300)).toBe(NEVER);
  });

  it("keep nearly all of half as many as they have room for, and take nobody for another", () => {
    const sightings = createSightings(65_536);
    const visitors = Array.from({ length: 32_768 }, (_, index) => ({ who: newId(), atMs: index }));
    const taken = visitors.filter(({ who, atMs }) => sightings.see("link", who, atMs) !== NEVER);
    expect(taken).toHaveLength(0);
    // The latest first: what is seen again pushes out nothing that is still to be asked for but the oldest of a bucket.
    const kept = visitors.toReversed().filter(({ who, atMs }) => sightings.see("link", who, atMs) === atMs);
    expect(kept.length).toBeGreaterThan(visitors.length * 0.9);
  });
});
