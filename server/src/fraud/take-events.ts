import { invariant } from "../kernel/invariant.ts";
import type { Ctx } from "../platform/context.ts";
import type { OutboxRow, Tx } from "../platform/database/index.ts";
import { findRecorded } from "../sales/index.ts";
import { findCaseOf } from "./case-repository.ts";
import { findEvaluations, insertEvaluation } from "./evaluation-repository.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import type { SaleFacts } from "./fraud-facts.ts";
import { asksAbout, judge, type RuleSet } from "./fraud-rules.ts";
import { type Held, openCase } from "./open-case.ts";
import { findRuleSet } from "./rule-set-repository.ts";
import { screenPayout } from "./screen-payouts.ts";

type Data = Readonly<Record<string, unknown>>;

/**
 * Takes events of one tenant from the outbox: sales that have earned something, and payouts that were requested. Behind the answer, since what
 * they are about waits anyway: for the end of its hold, or to be released. Safe to tell twice.
 */
export const takeEvents =
  (deps: FraudDeps) =>
  async (ctx: Ctx, events: readonly OutboxRow[]): Promise<void> => {
    const sales = new Set(
      events.filter(({ type }) => type === "commission.created").flatMap(({ data }) => textOf(data, "transactionId")),
    );
    const payouts = events.filter(({ type }) => type === "payout.requested").map(({ data }) => data as Data);
    if (sales.size === 0 && payouts.length === 0) return;
    await deps.db.transaction(ctx, async (tx) => {
      const set = await findRuleSet(tx);
      if (asksAbout(set, "sale") && sales.size > 0) await screenSales(deps, tx, set, [...sales]);
      if (!asksAbout(set, "payout")) return;
      for (const { id, partnerId, amount, currency } of payouts)
        await screenPayout(deps, tx, set, {
          payoutId: String(id),
          partnerId: String(partnerId),
          amount: BigInt(String(amount)),
          currency: String(currency),
        });
    });
  };

const textOf = (data: unknown, field: string): string[] => {
  const value = (data as Data)[field];
  return typeof value === "string" ? [value] : [];
};

/** Judges sales. What no rule speaks of is not written down: most sales are of no size to look at. */
async function screenSales(deps: FraudDeps, tx: Tx, set: RuleSet, transactionIds: readonly string[]): Promise<void> {
  const found = (await findRecorded(tx, transactionIds)).flatMap(
    ({ id, kind, amount, currency, partnerId, referralId }) => {
      if (partnerId === null || referralId === null || (kind !== "payment" && kind !== "card")) return [];
      const facts: SaleFacts = { subject: "sale", amount: String(amount), currency };
      const judgement = judge(set, facts, partnerId);
      return judgement.findings.length === 0 ? [] : [{ id, partnerId, referralId, facts, judgement }];
    },
  );
  if (found.length === 0) return;
  const families = await deps.referrals.holdReferrals(
    tx,
    found.map(({ referralId }) => referralId),
  );
  for (const { id, partnerId, referralId, facts, judgement } of found) {
    const family = families.get(referralId) ?? [];
    const current = family.at(-1);
    invariant(current !== undefined, "a sale that earns is of a customer that somebody has");
    if (await wasCleared(tx, family)) continue;
    const evaluation = await insertEvaluation(tx, { subjectId: id, partnerId, version: set.version, facts, judgement });
    if (evaluation === undefined) continue;
    const subject = { subjectKind: "referral", subjectId: current.id, partnerId: current.partnerId } as const;
    await openCase(deps, tx, { evaluation, ...subject, family });
  }
}

/** Whose large sales a person has cleared is not asked about again at each, whichever partner had the customer then. */
async function wasCleared(tx: Tx, family: readonly Held[]): Promise<boolean> {
  const known = await findCaseOf(
    tx,
    family.map(({ id }) => id),
  );
  if (known?.status !== "cleared") return false;
  return (await findEvaluations(tx, [known.evaluationId])).get(known.evaluationId)?.subjectKind === "sale";
}
