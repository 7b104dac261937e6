import { dateInZone } from "../../kernel/calendar.ts";
import { earningKey } from "./earning-key.ts";
import type { EngineEvent } from "./engine-event.ts";
import type { Fold } from "./fold.ts";
import type { TriedLimit } from "./receipt.ts";
import { spendKey } from "./spend-facts.ts";
import type { EarningRule } from "./standing.ts";

type Ask = {
  readonly commissionId: string;
  readonly event: EngineEvent;
  /** The payment or card event that it is earned on. */
  readonly saleId: string;
  readonly rule: EarningRule;
  /** The date that decides the month. */
  readonly at: Date;
  readonly timeZone: string;
  readonly currency: string;
  readonly wanted: bigint;
  /** Given as a whole or not at all. */
  readonly isWhole?: boolean;
};

/**
 * What the programme's limit leaves of a commission, for good: a limit that is raised later gives nothing back. Counted as it is earned, since a refund frees
 * no room. What a re-attribution assesses again was counted where it was first earned, and comes to no more than was left of it there. A signup
 * that was withheld is asked for by its payment: another event, or another partner, may be what it is earned by the next time.
 */
export function cutToSpendLimit(fold: Fold, ask: Ask): { readonly amount: bigint; readonly tried?: TriedLimit } {
  const { commissionId, event, currency, wanted, isWhole = false } = ask;
  const fitting = (left: bigint): bigint => (left >= wanted ? wanted : isWhole ? 0n : left);
  const recorded = fold.spendCuts.get(commissionId);
  if (recorded !== undefined) return { amount: fitting(recorded) };
  const isAgain = "again" in event && event.again !== undefined;
  const before =
    isAgain || ask.rule === "signup" ? fold.spendCutsOfSales.get(earningKey(ask.saleId, ask.rule)) : undefined;
  if (before !== undefined) {
    // Kept though it may be more than is wanted here: other terms may want more one day.
    keepCut(fold, ask, before);
    return { amount: fitting(before) };
  }
  if (isAgain) return { amount: wanted };
  const limit = fold.spendLimits.get(currency);
  if (limit === undefined || wanted === 0n) return { amount: wanted };

  const month = `${dateInZone(ask.at, ask.timeZone).slice(0, 7)}-01`;
  const spent = fold.spent.get(spendKey({ month, currency }))?.spent ?? 0n;
  const left = limit > spent ? limit - spent : 0n;
  const amount = fitting(left);
  if (amount > 0n) fold.spent.set(spendKey({ month, currency }), { month, currency, spent: spent + amount });
  if (amount < wanted) keepCut(fold, ask, amount);
  return { amount, tried: { limit, spent, left } };
}

/** Records the most that a commission comes to, whatever is assessed again. */
function keepCut(fold: Fold, { commissionId, event, saleId, rule, wanted }: Ask, given: bigint): void {
  fold.spendCuts.set(commissionId, given);
  fold.spendCutsOfSales.set(earningKey(saleId, rule), given);
  fold.newSpendCuts.push({ commissionId, partnerId: event.partnerId, saleId, rule, wanted, given });
}
