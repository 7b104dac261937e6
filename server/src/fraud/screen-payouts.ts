import type { PayoutGate } from "../payouts/index.ts";
import { findCancelled, findWaitingPayouts, hasBeenPaid } from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { countEstablished } from "./account-repository.ts";
import { type FraudCase, findCaseOf, findHeldBefore } from "./case-repository.ts";
import { findEvaluations, insertEvaluation, isPayoutJudged } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { PayoutFacts } from "./fraud-facts.ts";
import { asksAbout, coversFindings, type Judgement, judge, type RuleSet } from "./fraud-rules.ts";
import { accountValues } from "./note-payout-account.ts";
import { openCase } from "./open-case.ts";
import { findRuleSet } from "./rule-set-repository.ts";
import { findSurroundings } from "./signal-repository.ts";

export type WaitingPayout = {
  readonly payoutId: string;
  readonly partnerId: string;
  readonly amount: bigint;
  readonly currency: string;
};

const FREE = { allowed: true } as const;
const held = (isLasting: boolean) =>
  ({ allowed: false, reason: isLasting ? "fraud_refused" : "fraud_review", about: "payout", isLasting }) as const;

/**
 * Asked in the transaction that lets a payout go. What a person has refused, or has not decided, may not leave; of the rest nothing leaves that the
 * rules would hold as things stand now, but for what a person has cleared: on this account, with all of this before them.
 */
export const payoutGate =
  (deps: FraudDeps): PayoutGate =>
  async (tx, payout) => {
    const known = await findCaseOf(tx, [payout.payoutId]);
    if (known?.isHeld === true) return held(known.status === "refused" || known.status === "final");
    const set = await findRuleSet(tx);
    if (!asksAbout(set, "payout")) return FREE;
    const judged = await judgePayout(deps, tx, set, payout);
    if (judged.judgement.verdict !== "hold" || (await isCleared(tx, known, judged))) return FREE;
    return held(false);
  };

type Judged = { readonly facts: PayoutFacts; readonly judgement: Judgement; readonly accounts: Buffer[] | null };

async function judgePayout(
  deps: FraudDeps,
  tx: ReadTx,
  set: RuleSet,
  { payoutId, partnerId, amount, currency }: WaitingPayout,
): Promise<Judged> {
  const { profile, ring } = await findSurroundings(tx, { partnerId, subjectId: payoutId, signals: [], at: tx.ctx.now });
  const paidTo = await deps.payouts.payoutAccountOf(tx, partnerId);
  const accounts = paidTo && accountValues(deps, tx.ctx.tenantId, paidTo);
  const facts: PayoutFacts = {
    subject: "payout",
    amount: String(amount),
    currency,
    isFirst: set.rules.first_payout.mode !== "off" && !(await hasBeenPaid(tx, partnerId)),
    accountPartners: accounts === null ? 0 : await countEstablished(tx, { partnerId, values: accounts }),
    heldBefore: await countHeldBefore(tx, { partnerId, payoutId, accounts }),
    profile,
    ring,
  };
  return { facts, judgement: judge(set, facts, partnerId), accounts };
}

/** A refusal follows the partner, whatever is asked for next; an open question does where its payout was taken back. */
async function countHeldBefore(tx: ReadTx, of: Parameters<typeof findHeldBefore>[1]): Promise<number> {
  const before = await findHeldBefore(tx, of);
  const asked = before.filter(({ status }) => status === "open").map(({ subjectId }) => subjectId);
  const takenBack = asked.length === 0 ? new Set<string>() : await findCancelled(tx, asked);
  return new Set(
    before
      .filter(({ subjectId, status }) => status !== "open" || takenBack.has(subjectId))
      .map(({ subjectId }) => subjectId),
  ).size;
}

/** Whether a person has cleared just that: no account that was not before them, and nothing found now that was not. */
async function isCleared(tx: ReadTx, known: FraudCase | undefined, { facts, judgement, accounts }: Judged) {
  if (known?.status !== "cleared" || accounts === null || known.accounts === null) return false;
  const cleared = known.accounts;
  if (!accounts.every((account) => cleared.some((one) => one.equals(account)))) return false;
  const seen = (await findEvaluations(tx, [known.evaluationId])).get(known.evaluationId);
  return seen !== undefined && coversFindings(seen, { facts, findings: judgement.findings });
}

/** Judges a payout that waits, also for its bank file, and opens a case where the gate would keep it or a person should look. Joins a transaction; safe to repeat. */
export async function screenPayout(deps: FraudDeps, tx: Tx, set: RuleSet, payout: WaitingPayout): Promise<void> {
  const known = await findCaseOf(tx, [payout.payoutId]);
  if (known?.isHeld === true) return;
  const judged = await judgePayout(deps, tx, set, payout);
  const { facts, judgement, accounts } = judged;
  // What a person was asked about already is asked again where it is to be held now, and they have not cleared just that.
  if (known !== undefined && (judgement.verdict !== "hold" || (await isCleared(tx, known, judged)))) return;
  if (judgement.verdict === "pass" && (await isPayoutJudged(tx, payout.payoutId))) return;
  const { payoutId: subjectId, partnerId } = payout;
  const evaluation = await insertEvaluation(tx, { subjectId, partnerId, version: set.version, facts, judgement });
  if (evaluation !== undefined)
    await openCase(deps, tx, { evaluation, subjectKind: "payout", subjectId, partnerId, accounts, family: [] });
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
