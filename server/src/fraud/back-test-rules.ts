import type { Facts } from "./fraud-facts.ts";
import { judge, type RuleSet, type Verdict } from "./fraud-rules.ts";
import { RULE_NAMES, type RuleName } from "./rule-catalogue.ts";

/** What was judged once, and what became of it. */
export type Judged = {
  readonly id: string;
  readonly partnerId: string;
  readonly facts: Facts;
  /** As it was judged then. */
  readonly verdict: Verdict;
  /** How a person decided; null where none has. */
  readonly decision: "cleared" | "refused" | null;
};

/** What a rule set would have done. */
export type BackTest = {
  readonly evaluated: number;
  readonly review: number;
  readonly hold: number;
  /** Held now and not then, and the other way round. */
  readonly newlyHeld: number;
  readonly noLongerHeld: number;
  /** Of what a person refused, how much is held; of what a person cleared, how much would be held again. */
  readonly refusedHeld: number;
  readonly refused: number;
  readonly clearedHeld: number;
  readonly cleared: number;
  readonly partnersHeld: number;
  readonly rules: { readonly rule: RuleName; readonly found: number; readonly decisive: number }[];
};

/** Fewer conversions than that say nothing about a share. */
export const JUDGED_MIN = 20;
/** Rules that would hold more of the past than this are not let act: they speak of everyone. */
export const HELD_SHARE_MAX = 0.25;

/** Counts what a rule set would have done, as the past is read: what it holds in memory does not grow with it, but for the partners held. */
export function createBackTest(set: RuleSet) {
  const count = {
    evaluated: 0,
    review: 0,
    hold: 0,
    newlyHeld: 0,
    noLongerHeld: 0,
    refusedHeld: 0,
    refused: 0,
    clearedHeld: 0,
    cleared: 0,
  };
  const partners = new Set<string>();
  const found = new Map<RuleName, { found: number; decisive: number }>(
    RULE_NAMES.map((name) => [name, { found: 0, decisive: 0 }]),
  );
  return {
    add({ facts, partnerId, verdict: then, decision }: Judged): void {
      const { findings, verdict } = judge(set, facts, partnerId);
      const isHeld = verdict === "hold";
      count.evaluated += 1;
      if (verdict === "review") count.review += 1;
      if (isHeld) count.hold += 1;
      if (isHeld && then !== "hold") count.newlyHeld += 1;
      if (!isHeld && then === "hold") count.noLongerHeld += 1;
      if (decision !== null) {
        count[decision] += 1;
        if (isHeld) count[`${decision}Held`] += 1;
      }
      if (isHeld) partners.add(partnerId);
      for (const { rule, mode } of findings) {
        const one = found.get(rule);
        if (one === undefined) continue;
        one.found += 1;
        if (isHeld && mode === "active" && !isHeldWithout(set, rule, facts, partnerId)) one.decisive += 1;
      }
    },
    result: (): BackTest => ({
      ...count,
      partnersHeld: partners.size,
      rules: [...found].map(([rule, of]) => ({ rule, ...of })),
    }),
  };
}

const isHeldWithout = (set: RuleSet, rule: RuleName, facts: Facts, partnerId: string): boolean =>
  judge({ ...set, rules: { ...set.rules, [rule]: { ...set.rules[rule], mode: "off" } } }, facts, partnerId).verdict ===
  "hold";

/** Whether a back-test forbids its rules to act. With too little of a past it does not say. */
export const holdsTooMuch = ({ evaluated, hold }: Pick<BackTest, "evaluated" | "hold">): boolean =>
  evaluated >= JUDGED_MIN && hold > evaluated * HELD_SHARE_MAX;
