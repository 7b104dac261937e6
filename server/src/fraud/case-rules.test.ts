import { describe, expect, it } from "vitest";
import { CASE_STATUSES, type CaseStatus, DECISIONS, decide, mayAppeal } from "./case-rules.ts";

const AT = new Date("2026-03-01T12:00:00Z");
const LATER = new Date("2026-03-15T12:00:00Z");
const by = { person: "second", appealDays: 14, at: AT };
const of = (status: CaseStatus, more: object = {}) => ({ status, decidedBy: "first", appealUntil: LATER, ...more });

describe("a case", () => {
  it("goes where each decision leads from each state, and nowhere else", () => {
    const table = Object.fromEntries(
      CASE_STATUSES.map((status) => [
        status,
        DECISIONS.map((decision) => {
          const decided = decide(of(status), { ...by, decision });
          return decided.isAllowed ? decided.status : decided.problem;
        }),
      ]),
    );
    expect(table).toEqual({
      open: ["cleared", "refused"],
      refused: ["cleared", "wrong_state"],
      appealed: ["cleared", "final"],
      cleared: ["wrong_state", "wrong_state"],
      final: ["wrong_state", "wrong_state"],
    });
  });

  it("that was appealed is not decided by whoever refused it, whichever way", () => {
    for (const decision of DECISIONS)
      expect(decide(of("appealed"), { ...by, decision, person: "first" })).toEqual({
        isAllowed: false,
        problem: "same_person",
      });
  });

  it("refused may be cleared by whoever refused it, until it is appealed", () => {
    expect(decide(of("refused"), { ...by, decision: "clear", person: "first" })).toMatchObject({ status: "cleared" });
    expect(decide(of("open"), { ...by, decision: "refuse", person: "first" })).toMatchObject({ status: "refused" });
  });

  it("refused can be appealed for as many days as the rules give, and is final at once where they give none", () => {
    expect(decide(of("open"), { ...by, decision: "refuse" })).toMatchObject({ appealUntil: LATER });
    expect(decide(of("open"), { ...by, decision: "refuse", appealDays: 0 })).toMatchObject({ status: "final" });
  });

  it("takes one word of the partner while it is open, and one against a refusal until its time is over", () => {
    const says = (status: CaseStatus, appeal: string | null, at = AT) =>
      mayAppeal({ status, appealUntil: LATER, appeal }, at);
    expect([says("open", null), says("open", "Said"), says("refused", "Said")]).toEqual([true, false, true]);
    expect(says("refused", null, LATER)).toBe(false);
    expect([says("appealed", "Said"), says("cleared", null), says("final", null)]).toEqual([false, false, false]);
    // Another partner of the customer has appealed: this one has not been heard.
    expect(says("appealed", null)).toBe(true);
  });
});
