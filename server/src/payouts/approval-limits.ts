import type { Tx } from "../platform/database/index.ts";
import { leftUnapproved } from "./batch-repository.ts";
import { needsApproval, UNAPPROVED_WINDOW_MS } from "./batch-rules.ts";
import { lockLimits } from "./settings-repository.ts";

type Money = { readonly currency: string; readonly amount: bigint };

/** What may still leave without a second person. `take` counts what is let go, and says false where it may not. */
export type Allowance = { take(money: Money): boolean; limitOf(currency: string): bigint | null };

/** Joins a transaction: the allowance of currencies as it stands, locked until commit. */
export async function openAllowance(tx: Tx, currencies: readonly string[]): Promise<Allowance> {
  const limits = await lockLimits(tx, [...new Set(currencies)]);
  // Read after the limits were locked: of two who release at once, the second sees what the first has let go.
  const left = new Map(
    limits.size === 0
      ? []
      : await leftUnapproved(tx, [...limits.keys()], new Date(tx.ctx.now.getTime() - UNAPPROVED_WINDOW_MS)),
  );
  return {
    limitOf: (currency) => limits.get(currency) ?? null,
    take: ({ currency, amount }) => {
      const before = left.get(currency) ?? 0n;
      if (needsApproval({ limit: limits.get(currency), leftUnapproved: before, amount })) return false;
      left.set(currency, before + amount);
      return true;
    },
  };
}
