import { dateInZone, startOfDay } from "../kernel/calendar.ts";
import { isCurrency } from "../kernel/currency.ts";
import { type Ctx, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { budgetEvent } from "./budget-events.ts";
import { type BudgetRow, grantBudget as insertGrant, type NewGrant, takeExpired } from "./budget-repository.ts";
import { type BudgetPeriod, budgetPeriod } from "./budget-rules.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { type BudgetView, budgetView } from "./find-budgets.ts";

export type GrantBudget = {
  readonly partnerId: string;
  /** The one that today is in. */
  readonly period: BudgetPeriod;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
};

/** Somebody of the team grants a partner more than its terms do. */
export const grantBudget =
  (deps: FeeDeps) =>
  (ctx: Ctx, { partnerId, period, amount, currency, reason }: GrantBudget): Promise<BudgetView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      if (!isCurrency(currency)) throw feeErrors.currency_unknown({ field: "currency" });
      const { status } = await deps.partners.getPartner(tx, partnerId);
      if (status === "terminated") throw feeErrors.partner_terminated();
      const { timeZone } = await deps.programs.getProgram(tx);
      const days = budgetPeriod(period, dateInZone(ctx.now, timeZone));
      const budget = await grant(deps, tx, { partnerId, ...days, currency, amount: BigInt(amount), reason });
      if (budget === undefined) throw feeErrors.budget_changed();
      return budgetView(budget);
    });

async function grant(deps: FeeDeps, tx: Tx, granted: NewGrant): Promise<BudgetRow | undefined> {
  const budget = await insertGrant(tx, granted);
  if (budget === undefined) return undefined;
  await deps.audit.record(tx, "budget.granted", {
    targetType: "budget",
    targetId: budget.id,
    after: { ...granted, granted: budget.granted },
    ...(granted.reason === null ? {} : { reason: granted.reason }),
  });
  await deps.outbox.publish(tx, [budgetEvent("budget.granted", budget)]);
  return budget;
}

const PARTNERS_AT_ONCE = 200;

/**
 * Grants every active partner what its terms say for the quarter that has begun: those in force as the quarter began, or of now where it came
 * later. Once for a quarter, however often it runs; each partner is a transaction of its own, and one that
 * fails does not hold back the others.
 */
export const grantDueBudgets =
  (deps: FeeDeps) =>
  async (given: Ctx): Promise<{ readonly granted: number }> => {
    const ctx = withoutIdempotency(given);
    const { timeZone } = await deps.db.read(ctx, (tx) => deps.programs.getProgram(tx));
    const { start, end } = budgetPeriod("quarter", dateInZone(ctx.now, timeZone));
    const failures: unknown[] = [];
    let granted = 0;
    for (let after: string | undefined; ; ) {
      const page = await deps.db.read(ctx, async (tx) => {
        const ids = await deps.partners.findActivePartners(tx, { after, limit: PARTNERS_AT_ONCE });
        const then = await deps.partners.currentTerms(tx, ids, startOfDay(start, timeZone));
        const now = await deps.partners.currentTerms(tx, ids, ctx.now);
        return ids.map((partnerId) => ({ partnerId, terms: then.get(partnerId) ?? now.get(partnerId) }));
      });
      if (page.length === 0) break;
      after = page.at(-1)?.partnerId;
      for (const { partnerId, terms } of page) {
        if (terms === undefined || terms.coMarketingBudget === 0n) continue;
        const { currency, coMarketingBudget: amount } = terms;
        try {
          const budget = await deps.db.transaction(ctx, (tx) =>
            grant(deps, tx, { partnerId, start, end, currency, amount, reason: null }),
          );
          granted += budget === undefined ? 0 : 1;
        } catch (failure) {
          failures.push(failure);
        }
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} partners could not be granted their budget`);
    return { granted };
  };

/** Tells, once, of each budget whose period has ended. */
export const expireBudgets =
  (deps: FeeDeps) =>
  async (given: Ctx): Promise<{ readonly expired: number }> => {
    const ctx = withoutIdempotency(given);
    let expired = 0;
    for (;;) {
      const taken = await deps.db.transaction(ctx, async (tx) => {
        const today = dateInZone(ctx.now, (await deps.programs.getProgram(tx)).timeZone);
        const budgets = await takeExpired(tx, today, PARTNERS_AT_ONCE);
        await deps.outbox.publish(
          tx,
          budgets.map((budget) => budgetEvent("budget.expired", budget)),
        );
        return budgets.length;
      });
      if (taken === 0) return { expired };
      expired += taken;
    }
  };
