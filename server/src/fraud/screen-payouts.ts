import type { PayoutGate } from "../payouts/index.ts";
import { findWaitingPayouts, hasBeenPaid } from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { findCaseOf } from "./case-repository.ts";
import { insertEvaluation, isPayoutJudged } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { PayoutFacts } from "./fraud-facts.ts";
import { asksAbout, type Judgement, judge, type RuleSet } from "./fraud-rules.ts";
import { openCase } from "./open-case.ts";
import { findRuleSet } from "./rule-set-repository.ts";
import { countAccountPartners, findSurroundings } from "./signal-repository.ts";

export type WaitingPayout = {
  readonly payoutId: string;
  readonly partnerId: string;
  readonly amount: bigint;
  readonly currency: string;
};

const HELD = { allowed: false, reason: "fraud_review" } as const;
const FREE = { allowed: true } as const;

/**
 * Asked in the transaction that lets a payout go. What a person has cleared may leave; what they have refused, or have not decided, may not;
 * and of the rest nothing leaves that the rules would hold as things stand now.
 */
export const fraudPayoutGate: PayoutGate = async (tx, payout) => {
  const known = await findCaseOf(tx, [payout.payoutId]);
  if (known?.status === "cleared") return FREE;
  if (known?.isHeld === true) return HELD;
  const set = await findRuleSet(tx);
  if (!asksAbout(set, "payout")) return FREE;
  return (await judgePayout(tx, set, payout)).judgement.verdict === "hold" ? HELD : FREE;
};

async function judgePayout(
  tx: ReadTx,
  set: RuleSet,
  { payoutId, partnerId, amount, currency }: WaitingPayout,
): Promise<{ readonly facts: PayoutFacts; readonly judgement: Judgement }> {
  const { profile, ring } = await findSurroundings(tx, { partnerId, subjectId: payoutId, signals: [], at: tx.ctx.now });
  const facts: PayoutFacts = {
    subject: "payout",
    amount: String(amount),
    currency,
    isFirst: set.rules.first_payout.mode !== "off" && !(await hasBeenPaid(tx, partnerId)),
    accountPartners: await countAccountPartners(tx, partnerId),
    profile,
    ring,
  };
  return { facts, judgement: judge(set, facts, partnerId) };
}

/** Judges a payout that waits, and opens a case where the gate would keep it or a person should look. Joins a transaction; safe to repeat. */
export async function screenPayout(deps: FraudDeps, tx: Tx, set: RuleSet, payout: WaitingPayout): Promise<void> {
  if ((await findCaseOf(tx, [payout.payoutId])) !== undefined) return;
  const { facts, judgement } = await judgePayout(tx, set, payout);
  if (judgement.verdict === "pass" && (await isPayoutJudged(tx, payout.payoutId))) return;
  const { payoutId: subjectId, partnerId } = payout;
  const evaluation = await insertEvaluation(tx, { subjectId, partnerId, version: set.version, facts, judgement });
  if (evaluation !== undefined)
    await openCase(deps, tx, { evaluation, subjectKind: "payout", subjectId, partnerId, family: [] });
}

/** Payouts that one transaction judges. */
const PAGE = 100;

/**
 * Looks at all payouts that wait: what has come to light since they were requested opens a case too. So whatever the gate keeps, a person is
 * asked about.
 */
export const screenWaitingPayouts =
  (deps: FraudDeps) =>
  async (ctx: Ctx): Promise<void> => {
    let after: string | undefined;
    do {
      after = await deps.db.transaction(ctx, async (tx) => {
        const set = await findRuleSet(tx);
        if (!asksAbout(set, "payout")) return undefined;
        const page = await findWaitingPayouts(tx, { after, limit: PAGE });
        for (const { id: payoutId, partner_id: partnerId, amount, currency } of page)
          await screenPayout(deps, tx, set, { payoutId, partnerId, amount, currency });
        return page.length === PAGE ? page.at(-1)?.id : undefined;
      });
    } while (after !== undefined);
  };
