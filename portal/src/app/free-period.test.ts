import { expect, it } from "vitest";
import { daysAsRange, isInverted } from "./free-period.ts";

it("days are whole days of the programme, the last one too, also where clocks are moved on one of them", () => {
  expect(daysAsRange({ from: "2026-03-28", until: "2026-03-29" }, "Europe/Berlin")).toEqual({
    from: "2026-03-27T23:00:00.000Z",
    to: "2026-03-29T22:00:00.000Z",
  });
  expect(daysAsRange({ until: "2026-12-31" }, "America/New_York")).toEqual({ to: "2027-01-01T05:00:00.000Z" });
});

it("what is no day bounds nothing", () => {
  expect(daysAsRange({ from: "yesterday", until: "2026-13-45" }, "UTC")).toEqual({});
  expect(daysAsRange({}, "UTC")).toEqual({});
});

it("a period that ends before it begins is known", () => {
  expect(isInverted({ from: "2026-03-02", until: "2026-03-01" })).toBe(true);
  expect(isInverted({ from: "2026-03-01", until: "2026-03-01" })).toBe(false);
  expect(isInverted({ from: "2026-03-02" })).toBe(false);
});
