import { describe, expect, it } from "vitest";
import { dueExport, type ExportRhythm } from "./export-schedule-rules.ts";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");
const due = (rhythm: ExportRhythm, now: string, createdAt = LONG_AGO, timeZone = "UTC") =>
  dueExport(rhythm, { now: new Date(now), createdAt, timeZone });

describe("an export by schedule", () => {
  it.each([
    // 2 March 2026 is a Monday.
    ["2026-03-02T05:59:59.999Z", "2026-02-16", "2026-02-22"],
    ["2026-03-02T06:00:00.000Z", "2026-02-23", "2026-03-01"],
    ["2026-03-08T23:00:00.000Z", "2026-02-23", "2026-03-01"],
    ["2026-03-09T06:00:00.000Z", "2026-03-02", "2026-03-08"],
  ])("of a week, at %s, is of %s to %s: from Monday to Sunday, once the morning after has come", (now, from, to) => {
    expect(due("weekly", now)).toEqual({ from, to });
  });

  it.each([
    ["2026-03-01T05:59:59.999Z", "2026-01-01", "2026-01-31"],
    ["2026-03-01T06:00:00.000Z", "2026-02-01", "2026-02-28"],
    ["2026-03-31T23:00:00.000Z", "2026-02-01", "2026-02-28"],
    ["2026-01-15T12:00:00.000Z", "2025-12-01", "2025-12-31"],
  ])("of a month, at %s, is of %s to %s, once the morning after has come", (now, from, to) => {
    expect(due("monthly", now)).toEqual({ from, to });
  });

  it("is of days of the programme's time zone", () => {
    expect(due("monthly", "2026-03-01T10:59:00Z", LONG_AGO, "America/New_York")).toMatchObject({ from: "2026-01-01" });
    expect(due("monthly", "2026-03-01T11:00:00Z", LONG_AGO, "America/New_York")).toMatchObject({ from: "2026-02-01" });
  });

  it("is first of the period in which its schedule was made, and of none that had ended before", () => {
    const made = (at: string) => due("weekly", "2026-03-04T12:00:00Z", new Date(at));
    expect(made("2026-03-01T23:59:59.999Z")).toEqual({ from: "2026-02-23", to: "2026-03-01" });
    expect(made("2026-03-02T00:00:00.000Z")).toBeUndefined();
    expect(made("2026-03-03T00:00:00.000Z")).toBeUndefined();
  });

  it("tells by the programme's midnight whether its period had ended when the schedule was made", () => {
    const made = (at: string) => due("monthly", "2026-03-04T12:00:00Z", new Date(at), "America/New_York");
    expect(made("2026-03-01T04:59:59.999Z")).toEqual({ from: "2026-02-01", to: "2026-02-28" });
    expect(made("2026-03-01T05:00:00.000Z")).toBeUndefined();
  });
});
