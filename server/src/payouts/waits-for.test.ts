import { expect, it } from "vitest";
import { waitsFor } from "./waits-for.ts";

it("a partner is told what it can do about a payout that waits", () => {
  expect(waitsFor({ code: null, reason: null })).toBeNull();
  expect(waitsFor({ code: "payout.no_method", reason: null })).toBe("payout_method");
  expect(waitsFor({ code: "payout.method_cooling_off", reason: null })).toBe("method_change");
  expect(waitsFor({ code: "payout.held", reason: "tax_form_missing" })).toBe("tax_form");
});

it("of all else it is told that somebody looks at it: not what is suspected, nor that a list was asked", () => {
  const reasons = ["fraud_review", "fraud_refused", "Sanctions: the partner is not known", "gate_unavailable", null];
  expect(new Set(reasons.map((reason) => waitsFor({ code: "payout.held", reason })))).toEqual(new Set(["review"]));
  expect(waitsFor({ code: "payout.settlement_waiting", reason: null })).toBe("review");
});
