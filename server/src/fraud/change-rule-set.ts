import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type BackTest, createBackTest, holdsTooMuch } from "./back-test-rules.ts";
import { findJudged } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudErrors } from "./fraud-errors.ts";
import { rulesEvent } from "./fraud-events.ts";
import { flawOf, heldOfOrdinary, type RuleChange, type RuleSet, withChange, withShadow } from "./fraud-rules.ts";
import { personBehind } from "./person-behind.ts";
import { RULE_NAMES, type RuleName } from "./rule-catalogue.ts";
import { findRuleSet, insertRuleSet, type RuleSetVersion } from "./rule-set-repository.ts";

/** A set with a change made to it, under the next version. Throws `fraud.rules_invalid`. */
function changed(set: RuleSetVersion, change: RuleChange): RuleSet {
  const { made: _, ...before } = set;
  const draft = withChange(before, change);
  const flaw = flawOf(draft);
  if (flaw !== undefined) throw fraudErrors.rules_invalid(flaw);
  return draft;
}

/** The rules in force. */
export const getRules =
  (deps: Pick<FraudDeps, "db">) =>
  (ctx: Ctx): Promise<RuleSetVersion> => {
    requireScope(ctx, "fraud:read");
    return deps.db.read(ctx, findRuleSet);
  };

/** The past that a back-test reads, the newest first. */
const JUDGED_MAX = 20_000;
const PAGE = 1_000;

async function backTest(tx: ReadTx, set: RuleSet, from: Date): Promise<BackTest> {
  const test = createBackTest(set);
  let before: { readonly at: Date; readonly id: string } | undefined;
  for (let read = 0; read < JUDGED_MAX; read += PAGE) {
    const page = await findJudged(tx, { from, before, limit: PAGE });
    for (const one of page) test.add(one);
    before = page.at(-1);
    if (page.length < PAGE) break;
  }
  return test.result();
}

/** What rules would have done of what was judged from an instant on: a change, or the rules in force with those in the shadow acting. */
export const backTestRules =
  (deps: Pick<FraudDeps, "db">) =>
  (
    ctx: Ctx,
    input: { readonly change: RuleChange; readonly actsInShadow: boolean; readonly from: Date },
  ): Promise<BackTest> => {
    requireScope(ctx, "fraud:read");
    return deps.db.read(ctx, async (tx) => {
      const draft = changed(await findRuleSet(tx), input.change);
      return backTest(tx, input.actsInShadow ? withShadow(draft) : draft, input.from);
    });
  };

/** How much of the past a change is held against before it acts. */
const PAST_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Changes the rules, as a version of its own. Refused where they would hold what every honest partner brings, or, by a back-test of the last
 * months, more of the past than fraud can have been: such rules never act.
 */
export const changeRules =
  (deps: FraudDeps) =>
  (
    ctx: Ctx,
    input: { readonly version: number; readonly change: RuleChange; readonly reason: string },
  ): Promise<RuleSetVersion> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fraud:write");
      const before = await findRuleSet(tx);
      if (before.version !== input.version) throw fraudErrors.rules_changed({ version: before.version });
      const draft = changed(before, input.change);
      const known = await deps.partners.findPartners(tx, draft.trusted);
      if (draft.trusted.some((id) => !known.has(id))) throw fraudErrors.partner_unknown({ field: "trusted" });
      const held = heldOfOrdinary(draft);
      if (held !== undefined) throw fraudErrors.rules_hold_everyone({ subject: held });
      const test = await backTest(tx, draft, new Date(ctx.now.getTime() - PAST_DAYS * DAY_MS));
      if (holdsTooMuch(test)) throw fraudErrors.rules_hold_too_much({ evaluated: test.evaluated, hold: test.hold });

      if (!(await insertRuleSet(tx, draft, { by: await personBehind(deps, tx), reason: input.reason })))
        throw fraudErrors.rules_changed();
      const names = RULE_NAMES.filter(
        (name) => JSON.stringify(before.rules[name]) !== JSON.stringify(draft.rules[name]),
      );
      await deps.audit.record(tx, "fraud.rules_changed", {
        targetType: "fraud_rules",
        targetId: null,
        before: {
          version: before.version,
          reviewAt: before.reviewAt,
          holdAt: before.holdAt,
          rules: pick(before, names),
        },
        after: { version: draft.version, reviewAt: draft.reviewAt, holdAt: draft.holdAt, rules: pick(draft, names) },
        reason: input.reason,
      });
      await deps.outbox.publish(tx, [rulesEvent(ctx.tenantId, draft, names)]);
      return findRuleSet(tx);
    });

const pick = ({ rules }: RuleSet, names: readonly RuleName[]) =>
  Object.fromEntries(names.map((name) => [name, rules[name]]));
