import { invariant } from "../kernel/invariant.ts";
import {
  type AskedPayout,
  findCancelled,
  findEverPaid,
  findWaitingPayouts,
  type PayoutGate,
} from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { countEstablished } from "./account-repository.ts";
import { type AskedAccounts, type FraudCase, findHeldBefore, findPayoutCases } from "./case-repository.ts";
import { findEvaluations, insertEvaluation, isPayoutJudged } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { PayoutFacts } from "./fraud-facts.ts";
import { asksAbout, coversFindings, type Judgement, judge, type RuleSet } from "./fraud-rules.ts";
import { accountValues } from "./note-payout-account.ts";
import { openCase } from "./open-case.ts";
import { findRuleSet } from "./rule-set-repository.ts";
import { findPartnerSurroundings } from "./signal-repository.ts";

const FREE = { allowed: true } as const;
const held = (isLasting: boolean) =>
  ({ allowed: false, reason: isLasting ? "fraud_refused" : "fraud_review", about: "payout", isLasting }) as const;

/**
 * Asked in the transaction that lets payouts go. What a person has refused, or has not decided, may not leave; of the rest nothing leaves that the
 * rules would hold as things stand now, but for what a person has cleared: on this account, with all of this before them.
 */
export const payoutGate =
  (deps: FraudDeps): PayoutGate =>
  async (tx, payouts) => {
    const cases = await findPayoutCases(
      tx,
      payouts.map(({ payoutId }) => payoutId),
    );
    const set = await findRuleSet(tx);
    const open = payouts.filter(({ payoutId }) => cases.get(payoutId)?.isHeld !== true);
    const judged = asksAbout(set, "payout") ? await judgePayouts(deps, tx, set, open) : [];
    const stopped = judged.filter(({ judgement }) => judgement.verdict === "hold");
    const cleared = await findCleared(tx, cases, stopped);
    const reviewed = new Set(stopped.map(({ payoutId }) => payoutId).filter((payoutId) => !cleared.has(payoutId)));
    return new Map(
      payouts.map(({ payoutId }) => {
        const known = cases.get(payoutId);
        if (known?.isHeld === true) return [payoutId, held(known.status === "refused" || known.status === "final")];
        return [payoutId, reviewed.has(payoutId) ? held(false) : FREE];
      }),
    );
  };

type Judged = {
  readonly payoutId: string;
  readonly facts: PayoutFacts;
  readonly judgement: Judgement;
  readonly accounts: readonly Buffer[] | null;
};

/** What the rules say of payouts as things stand, in the order given. Nothing is written. */
async function judgePayouts(
  deps: FraudDeps,
  tx: ReadTx,
  set: RuleSet,
  payouts: readonly AskedPayout[],
): Promise<readonly Judged[]> {
  if (payouts.length === 0) return [];
  const partnerIds = [...new Set(payouts.map(({ partnerId }) => partnerId))];
  const surroundings = await findPartnerSurroundings(tx, partnerIds);
  const accounts = new Map(
    [...(await deps.payouts.payoutAccountsOf(tx, partnerIds))].map(([partnerId, paidTo]) => [
      partnerId,
      accountValues(deps, tx.ctx.tenantId, paidTo),
    ]),
  );
  const claimed = [...accounts].flatMap(([partnerId, values]) => values.map((value) => ({ partnerId, value })));
  const established = await countEstablished(tx, claimed);
  const paid = set.rules.first_payout.mode === "off" ? undefined : await findEverPaid(tx, partnerIds);
  const before = await countHeldBefore(
    tx,
    payouts.map(({ payoutId, partnerId }) => ({ payoutId, partnerId, accounts: accounts.get(partnerId) ?? null })),
  );
  return payouts.map(({ payoutId, partnerId, amount, currency }) => {
    const facts: PayoutFacts = {
      subject: "payout",
      amount: String(amount),
      currency,
      isFirst: paid !== undefined && !paid.has(partnerId),
      accountPartners: established.get(partnerId) ?? 0,
      heldBefore: before.get(payoutId)?.size ?? 0,
      profile: surroundings.get(partnerId)?.profile ?? null,
      ring: surroundings.get(partnerId)?.ring ?? 1,
    };
    return { payoutId, facts, judgement: judge(set, facts, partnerId), accounts: accounts.get(partnerId) ?? null };
  });
}

/**
 * By payout, which others count that were held before. A refusal follows the partner, whatever is asked for next; an open question does where its payout
 * was taken back.
 */
async function countHeldBefore(
  tx: ReadTx,
  payouts: readonly AskedAccounts[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const before = await findHeldBefore(tx, payouts);
  const asked = before.filter(({ status }) => status === "open").map(({ subjectId }) => subjectId);
  const takenBack = asked.length === 0 ? new Set<string>() : await findCancelled(tx, asked);
  const counted = before.filter(({ subjectId, status }) => status !== "open" || takenBack.has(subjectId));
  return new Map(
    [...Map.groupBy(counted, ({ payoutId }) => payoutId)].map(([payoutId, all]) => [
      payoutId,
      new Set(all.map(({ subjectId }) => subjectId)),
    ]),
  );
}

/** Which payouts a person has cleared by just that: no account that was not before them, and nothing found now that was not. */
async function findCleared(
  tx: ReadTx,
  cases: ReadonlyMap<string, FraudCase>,
  judged: readonly Judged[],
): Promise<ReadonlySet<string>> {
  const asked = judged.flatMap((one) => {
    const known = cases.get(one.payoutId);
    if (known?.status !== "cleared" || one.accounts === null || known.accounts === null) return [];
    const cleared = known.accounts;
    const isCovered = one.accounts.every((account) => cleared.some((other) => other.equals(account)));
    return isCovered ? [{ ...one, evaluationId: known.evaluationId }] : [];
  });
  if (asked.length === 0) return new Set();
  const evaluations = await findEvaluations(
    tx,
    asked.map(({ evaluationId }) => evaluationId),
  );
  const isCleared = ({ evaluationId, facts, judgement: { findings } }: (typeof asked)[number]): boolean => {
    const seen = evaluations.get(evaluationId);
    return seen !== undefined && coversFindings(seen, { facts, findings });
  };
  return new Set(asked.filter(isCleared).map(({ payoutId }) => payoutId));
}

/** Judges a payout that waits, also for its bank file, and opens a case where the gate would keep it or a person should look. Joins a transaction; safe to repeat. */
export async function screenPayout(deps: FraudDeps, tx: Tx, set: RuleSet, payout: AskedPayout): Promise<void> {
  const cases = await findPayoutCases(tx, [payout.payoutId]);
  const known = cases.get(payout.payoutId);
  if (known?.isHeld === true) return;
  const [judged] = await judgePayouts(deps, tx, set, [payout]);
  invariant(judged, "every payout that is asked about is judged");
  const { facts, judgement, accounts } = judged;
  // What a person was asked about already is asked again where it is to be held now, and they have not cleared just that.
  if (known !== undefined && (judgement.verdict !== "hold" || (await findCleared(tx, cases, [judged])).size > 0))
    return;
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
