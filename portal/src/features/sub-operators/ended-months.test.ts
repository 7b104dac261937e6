import { expect, it } from "vitest";
import { endedMonths } from "./ended-months.ts";

it("months that have ended are those from the first on, the latest first, without the one that runs", () => {
  const since = "2025-11-30T23:59:59.000Z";
  expect(endedMonths(since, new Date("2026-02-28T12:00:00Z"))).toEqual(["2026-01", "2025-12", "2025-11"]);
  expect(endedMonths(since, new Date("2025-11-30T23:59:59Z"))).toEqual([]);
  expect(endedMonths("2020-01-01T00:00:00.000Z", new Date("2026-03-31T00:00:00Z"))).toHaveLength(36);
});
