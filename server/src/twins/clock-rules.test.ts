import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import { AHEAD_MAX_MS, dueBetween, MOVE_MAX_MS, nextStop, refusedMove } from "./clock-rules.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const after = (ms: number): Date => new Date(NOW.getTime() + ms);

describe("a move of a clock", () => {
  it.each([
    ["goes forward", { to: after(1) }, undefined],
    ["may be a leap year", { to: after(MOVE_MAX_MS) }, undefined],
    ["stands still for nobody", { to: NOW }, "clock_back"],
    ["never goes back", { to: after(-1) }, "clock_back"],
    ["is no longer than that", { to: after(MOVE_MAX_MS + 1) }, "clock_too_far"],
    ["leads no further ahead", { to: after(1), machine: after(-AHEAD_MAX_MS) }, "clock_too_far"],
    ["waits for the one before", { to: after(1), target: after(2) }, "clock_moving"],
  ])("%s", (_, move, refusal) => {
    expect(refusedMove({ now: NOW, machine: NOW, target: null, ...move })).toBe(refusal);
  });

  it("stops at every midnight on its way, and at its end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 * DAY_MS }), (ms) => {
        const target = after(ms);
        const stops: Date[] = [];
        for (let at = NOW; at < target; at = nextStop(at, target)) stops.push(nextStop(at, target));
        expect(stops.at(-1)).toEqual(target);
        expect(stops.slice(0, -1).every((stop) => stop.getTime() % DAY_MS === 0)).toBe(true);
        expect(stops).toHaveLength(Math.ceil(target.getTime() / DAY_MS) - Math.floor(NOW.getTime() / DAY_MS));
      }),
    );
  });
});

describe("what is due in a stretch of time", () => {
  const JOBS = [
    { name: "monthly", schedule: "0 3 1 * *" },
    { name: "daily", schedule: "17 3 * * *" },
    { name: "hourly", schedule: "5 * * * *" },
    { name: "noon", schedule: "0 12 * * *" },
  ];
  const names = (from: string, to: string) =>
    dueBetween(JOBS, { from: new Date(from), to: new Date(to) }).map(({ name }) => name);

  it("is each job once that would have woken, in the order of their hours", () => {
    expect(names("2026-03-01T12:00:00Z", "2026-03-02T00:00:00Z")).toEqual(["hourly"]);
    expect(names("2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z")).toEqual(["hourly", "daily", "noon"]);
    expect(names("2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z")).toEqual(["hourly", "monthly", "daily", "noon"]);
  });

  it("holds the last minute and not the first", () => {
    expect(names("2026-03-01T12:00:00Z", "2026-03-01T12:04:00Z")).toEqual([]);
    expect(names("2026-03-01T11:59:00Z", "2026-03-01T12:00:00Z")).toEqual(["noon"]);
  });
});
