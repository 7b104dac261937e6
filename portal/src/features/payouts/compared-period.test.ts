import { expect, it } from "vitest";
import { comparedPeriod } from "./compared-period.ts";

it("leaves out the last hour, and is the same all through an hour, so that a page that is drawn anew asks nothing", () => {
  const period = { from: "2026-03-24T13:00:00.000Z", to: "2026-03-31T13:00:00.000Z" };
  expect(comparedPeriod("7d", new Date("2026-03-31T14:00:00Z"))).toEqual(period);
  expect(comparedPeriod("7d", new Date("2026-03-31T14:59:59Z"))).toEqual(period);
});
