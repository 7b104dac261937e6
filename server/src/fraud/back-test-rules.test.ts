import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allOn, anyFacts, PLAIN } from "../../test/kit/fraud-facts.ts";
import { createBackTest, holdsTooMuch, type Judged } from "./back-test-rules.ts";
import type { Facts } from "./fraud-facts.ts";
import { DEFAULT_RULES, judge, type RuleSet } from "./fraud-rules.ts";
import type { RuleName, RuleSetting } from "./rule-catalogue.ts";

describe("a back-test", () => {
  const rules = allOn();
  const judgedOf = (set: RuleSet, facts: Facts, id: string, decision: Judged["decision"] = null): Judged => ({
    id,
    partnerId: id,
    facts,
    verdict: judge(set, facts, id).verdict,
    decision,
  });
  const run = (set: RuleSet, past: readonly Judged[]) => {
    const test = createBackTest(set);
    for (const one of past) test.add(one);
    return test.result();
  };

  it("of the rules that were in force says what they did then", () => {
    fc.assert(
      fc.property(fc.array(anyFacts, { maxLength: 20 }), (past) => {
        const judged = past.map((facts, index) => judgedOf(rules, facts, String(index)));
        const { newlyHeld, noLongerHeld, hold } = run(rules, judged);
        expect([newlyHeld, noLongerHeld]).toEqual([0, 0]);
        expect(hold).toBe(judged.filter(({ verdict }) => verdict === "hold").length);
      }),
    );
  });

  it("says which rule is decisive, and how its holds compare with what people decided", () => {
    const set = allOn({ data_center: { points: 70 }, bot_traffic: { points: 20 } });
    const bad: Facts = { ...PLAIN, isHosting: true, browser: "absent" };
    const past = [judgedOf(DEFAULT_RULES, bad, "a", "refused"), judgedOf(DEFAULT_RULES, bad, "b", "cleared")];
    const result = run(set, [...past, judgedOf(DEFAULT_RULES, PLAIN, "c", "cleared")]);
    expect(result).toMatchObject({
      evaluated: 3,
      hold: 2,
      newlyHeld: 2,
      refused: 1,
      refusedHeld: 1,
      cleared: 2,
      clearedHeld: 1,
      partnersHeld: 2,
    });
    const of = (name: RuleName) => result.rules.find(({ rule }) => rule === name);
    expect([of("data_center"), of("bot_traffic")]).toMatchObject([
      { found: 2, decisive: 2 },
      { found: 2, decisive: 0 },
    ]);
  });

  it("tells what it would only have reviewed, and what it would no longer hold", () => {
    const set = allOn({ data_center: { points: 40 } });
    const facts: Facts = { ...PLAIN, isHosting: true };
    const then = (id: string, verdict: Judged["verdict"]) => ({ ...judgedOf(set, facts, id), verdict });
    const past = [then("a", "hold"), then("a", "review"), { ...then("b", "hold"), facts: PLAIN }];
    expect(run(set, past)).toMatchObject({
      evaluated: 3,
      review: 2,
      hold: 0,
      newlyHeld: 0,
      noLongerHeld: 2,
      partnersHeld: 0,
    });
  });

  it("counts what it holds once more neither as new nor as let go, and a partner held twice as one", () => {
    const set = allOn({ data_center: { points: 70 } });
    const held = judgedOf(set, { ...PLAIN, isHosting: true }, "a");
    expect(run(set, [held, held])).toMatchObject({
      review: 0,
      hold: 2,
      newlyHeld: 0,
      noLongerHeld: 0,
      partnersHeld: 1,
      cleared: 0,
      refused: 0,
    });
  });

  it("names no rule decisive that is in the shadow, of what is not held, or beside another that holds by itself", () => {
    const facts: Facts = { ...PLAIN, isHosting: true, browser: "absent" };
    const decisive = (data_center: Partial<RuleSetting>, bot_traffic: Partial<RuleSetting>) => {
      const set = allOn({ data_center, bot_traffic });
      const { rules: all } = run(set, [judgedOf(set, facts, "a")]);
      return (["data_center", "bot_traffic"] as const).map((name) => {
        const of = all.find(({ rule }) => rule === name);
        return [of?.found, of?.decisive];
      });
    };
    const [none, alone] = [
      [1, 0],
      [1, 1],
    ];
    expect(decisive({ points: 70 }, { points: 80, mode: "shadow" })).toEqual([alone, none]);
    expect(decisive({ points: 20 }, { points: 20 })).toEqual([none, none]);
    expect(decisive({ points: 70 }, { points: 70 })).toEqual([none, none]);
    expect(decisive({ points: 50 }, { points: 50 })).toEqual([alone, alone]);
  });

  it("forbids rules that hold more than a quarter of a past that is long enough to say so", () => {
    expect(holdsTooMuch({ evaluated: 20, hold: 5 })).toBe(false);
    expect(holdsTooMuch({ evaluated: 20, hold: 6 })).toBe(true);
    expect(holdsTooMuch({ evaluated: 19, hold: 19 })).toBe(false);
  });
});
