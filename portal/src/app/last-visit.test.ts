import { expect, it } from "vitest";
import { lastVisit, visitAt } from "./last-visit.ts";

const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(Date.UTC(2026, 2, 1) + hours * HOUR_MS);

it("a visit goes on while its pages are opened, and the one before stays the one before", () => {
  const first = visitAt(undefined, at(0).getTime());
  expect(first.beforeMs).toBeNull();
  const second = visitAt(first, at(24).getTime());
  expect(second.beforeMs).toBe(at(0).getTime());
  expect(visitAt(second, at(24.5).getTime()).beforeMs).toBe(at(0).getTime());
  expect(visitAt(second, at(48).getTime()).beforeMs).toBe(at(24).getTime());
});

it("the last visit is the latest of all devices, but of one that is in use now", () => {
  expect(lastVisit(at(1), [at(5), at(3)], at(24))).toEqual(at(5));
  expect(lastVisit(at(1), [at(23.9)], at(24))).toEqual(at(1));
  expect(lastVisit(null, [], at(24))).toBeNull();
});
