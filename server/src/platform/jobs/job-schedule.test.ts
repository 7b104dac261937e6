import { describe, expect, it } from "vitest";
import { lagMs, nextRun } from "./job-schedule.ts";

const at = (text: string) => new Date(`2026-02-${text}Z`);

describe("the next run", () => {
  it.each([
    ["* * * * *", "01T10:00:30", "2026-02-01T10:01:00Z"],
    ["*/15 * * * *", "01T10:15:00", "2026-02-01T10:30:00Z"],
    ["41 2 * * *", "01T02:41:00", "2026-02-02T02:41:00Z"],
    ["41 2 * * *", "01T02:40:59", "2026-02-01T02:41:00Z"],
    ["0 0 1 * *", "01T00:00:00", "2026-03-01T00:00:00Z"],
    ["5 4 * * 0", "02T00:00:00", "2026-02-08T04:05:00Z"],
    ["0 0 29 2 *", "01T00:00:00", "2028-02-29T00:00:00Z"],
  ])("of %j after %s is %s", (schedule, after, expected) => {
    expect(nextRun(schedule, at(after))).toEqual(new Date(expected));
  });

  it("of a day that no year has never comes", () => {
    expect(nextRun("0 0 30 2 *", at("01T00:00:00"))).toBeUndefined();
  });
});

describe("a job is late", () => {
  it("from the wake on that should have followed its last success, and not before", () => {
    const succeededAt = at("01T10:07:00");
    const lag = (now: string) => lagMs("*/10 * * * *", { succeededAt, now: at(now) });
    expect([lag("01T10:09:59"), lag("01T10:10:00"), lag("01T10:12:00")]).toEqual([0, 0, 120_000]);
  });
});
