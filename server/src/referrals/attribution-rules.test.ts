import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../kernel/clock.ts";
import { decideAttribution, type PartnerStanding, type Touch, type TouchKind } from "./attribution-rules.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const standing: PartnerStanding = { takesPart: true, isSelf: false, windowDays: 30 };
const standings = new Map([
  ["a", standing],
  ["b", standing],
  ["gone", { ...standing, takesPart: false }],
  ["self", { ...standing, isSelf: true }],
  ["long", { ...standing, windowDays: 90 }],
]);
const touch = (kind: TouchKind, id: string, ageMs = 0, partnerId = "a"): Touch => ({
  kind,
  id,
  at: new Date(AT.getTime() - ageMs),
  partnerId,
});
const decide = (touches: readonly Touch[], model: "last" | "first" = "last") =>
  decideAttribution(touches, { at: AT, model, standings });
const chosenOf = (touches: readonly Touch[], model: "last" | "first" = "last") => decide(touches, model).chosen?.id;

describe("whose a customer is", () => {
  it("is decided by the last click, or by the first where the programme says so", () => {
    const clicks = [touch("click", "1", 3_000), touch("click", "2", 1_000), touch("click", "3", 2_000)];
    expect(chosenOf(clicks)).toBe("2");
    expect(chosenOf(clicks, "first")).toBe("1");
  });

  it("is decided by precedence before time: manual, partner API, exclusive coupon, click, shared coupon", () => {
    const all = (["shared_coupon", "click", "exclusive_coupon", "partner_api", "manual"] as const).map((kind, index) =>
      touch(kind, kind, index * 1_000),
    );
    for (let left = all.length; left > 0; left -= 1) {
      expect(chosenOf(all.slice(0, left))).toBe(all[left - 1]?.id);
      expect(chosenOf(all.slice(0, left), "first")).toBe(all[left - 1]?.id);
    }
  });

  it("is decided by the lower id where two touches are of the same instant", () => {
    expect(chosenOf([touch("click", "2"), touch("click", "1"), touch("click", "3")])).toBe("1");
    expect(chosenOf([touch("click", "2"), touch("click", "1")], "first")).toBe("1");
  });

  it("counts a click at the very limit of its own partner's window, and not one a millisecond older", () => {
    expect(chosenOf([touch("click", "1", 30 * DAY_MS)])).toBe("1");
    expect(decide([touch("click", "1", 30 * DAY_MS + 1)])).toMatchObject({ chosen: null, refusal: "out_of_window" });
    expect(chosenOf([touch("click", "1", 90 * DAY_MS, "long")])).toBe("1");
    expect(decide([touch("click", "1", 90 * DAY_MS + 1, "long")]).chosen).toBeNull();
  });

  it("never counts a click after the conversion", () => {
    expect(decide([touch("click", "1", -1)])).toMatchObject({ chosen: null, refusal: "after_conversion" });
    expect(chosenOf([touch("click", "1", 0)])).toBe("1");
  });

  it("passes by partners who take no part and the customer itself, to the next best touch", () => {
    const touches = [
      touch("click", "1", 1_000, "gone"),
      touch("click", "2", 2_000, "self"),
      touch("click", "3", 3_000),
    ];
    expect(chosenOf(touches)).toBe("3");
    expect(decide(touches).touches.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["1", "partner_inactive"],
      ["2", "self"],
      ["3", "chosen"],
    ]);
  });

  it("is nobody's for the reason of the touch that would have been chosen", () => {
    expect(decide([touch("click", "1", 0, "self"), touch("click", "2", 40 * DAY_MS)]).refusal).toBe("self");
    expect(decide([touch("click", "1", 0, "unknown")]).refusal).toBe("partner_inactive");
    expect(decide([]).refusal).toBeNull();
  });
});

const anyTouch = fc.record({
  kind: fc.constantFrom<TouchKind>("manual", "partner_api", "exclusive_coupon", "click", "shared_coupon"),
  id: fc.uuid(),
  at: fc.integer({ min: -5, max: 100 }).map((days) => new Date(AT.getTime() - days * DAY_MS)),
  partnerId: fc.constantFrom("a", "b", "gone", "self", "long", "unknown"),
});
const anyTouches = fc.uniqueArray(anyTouch, { selector: (one) => one.id, maxLength: 12 });
const anyModel = fc.constantFrom("last" as const, "first" as const);

describe("any set of touches", () => {
  it("gives the same decision in any order", () => {
    fc.assert(
      fc.property(anyTouches, anyModel, fc.infiniteStream(fc.nat()), (touches, model, numbers) => {
        const shuffled = touches
          .map((one) => ({ one, by: numbers.next().value ?? 0 }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ one }) => one);
        expect(decide(shuffled, model)).toEqual(decide(touches, model));
      }),
    );
  });

  it("chooses one touch exactly where one can count, accounts for every touch, and never chooses one that cannot", () => {
    fc.assert(
      fc.property(anyTouches, anyModel, (touches, model) => {
        const decision = decide(touches, model);
        const canCount = (one: Touch) => decide([one], model).chosen !== null;
        expect(decision.chosen !== null).toBe(touches.some(canCount));
        expect(decision.touches.filter((one) => one.outcome === "chosen")).toHaveLength(decision.chosen ? 1 : 0);
        expect(new Set(decision.touches.map((one) => one.id))).toEqual(new Set(touches.map((one) => one.id)));
        if (decision.chosen !== null) expect(canCount(decision.chosen)).toBe(true);
        for (const one of decision.touches) {
          if (one.outcome === "outranked" || one.outcome === "chosen") expect(canCount(one)).toBe(true);
        }
      }),
    );
  });

  it("does not change its choice when a touch that it did not choose is taken away", () => {
    fc.assert(
      fc.property(anyTouches, anyModel, fc.nat(), (touches, model, index) => {
        const { chosen } = decide(touches, model);
        const others = touches.filter((one) => one.id !== chosen?.id);
        const away = others[index % Math.max(others.length, 1)];
        expect(
          decide(
            touches.filter((one) => one !== away),
            model,
          ).chosen,
        ).toEqual(chosen);
      }),
    );
  });
});
