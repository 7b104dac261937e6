import { expect, it } from "vitest";
import { periodOf } from "./search-rules.ts";

const now = new Date("2026-06-01T00:00:00Z");

it("words are looked for in ninety days, unless a period is given; everything else in the whole trail", () => {
  expect(periodOf({ words: "refund" }, now)).toEqual({ occurredFrom: new Date("2026-03-03T00:00:00Z") });
  expect(periodOf({ words: "refund", occurredFrom: new Date(0) }, now)).toEqual({});
  expect(periodOf({}, now)).toEqual({});
});
