import { describe, expect, it } from "vitest";
import { deliveryOf, duePeriod } from "./notice-rules.ts";

describe("a digest's period", () => {
  const zone = "America/New_York";

  it("turns at eight in the morning of the programme's time zone, and tells what was before the day", () => {
    // Midnight in New York is five o'clock UTC in winter.
    const before = duePeriod("daily", new Date("2026-03-03T12:59:59Z"), zone);
    const after = duePeriod("daily", new Date("2026-03-03T13:00:00Z"), zone);
    expect(before).toEqual({ day: "2026-03-02", before: new Date("2026-03-02T05:00:00Z") });
    expect(after).toEqual({ day: "2026-03-03", before: new Date("2026-03-03T05:00:00Z") });
  });

  it("of a week is its Monday's, also where the program stood still on that day", () => {
    const days = ["2026-03-02T14:00:00Z", "2026-03-05T14:00:00Z", "2026-03-09T12:00:00Z"].map(
      (at) => duePeriod("weekly", new Date(at), "UTC").day,
    );
    expect(days).toEqual(["2026-03-02", "2026-03-02", "2026-03-09"]);
    expect(duePeriod("weekly", new Date("2026-03-09T07:59:00Z"), "UTC").day).toBe("2026-03-02");
  });
});

describe("a notice", () => {
  it("about somebody's money is sent at once, whatever was chosen", () => {
    expect(deliveryOf("payout_failed", "off")).toBe("at_once");
    expect(deliveryOf("payout_completed", "off")).toBe("off");
    expect(deliveryOf("commission_approved", undefined)).toBe("daily");
  });
});
