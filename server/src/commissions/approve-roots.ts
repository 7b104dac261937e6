import { invariant } from "../kernel/invariant.ts";
import { commissionApproved, type Entry } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { askGates } from "./ask-gates.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { type CommissionRow, findFamilies, moveCommissions } from "./commission-repository.ts";
import { leftOf } from "./commission-rules.ts";
import { idsOf } from "./lock-family.ts";

export type Approval = {
  /** Rows that moved: roots and their reversals. */
  readonly approved: readonly CommissionRow[];
  /** What became available or repaid debt. */
  readonly amount: bigint;
  /** Why roots stay, by id. */
  readonly held: ReadonlyMap<string, string>;
};

/**
 * Approves pending commissions of one partner in one currency, each with its reversals: what is left of it becomes available, after it has
 * repaid debt. Joins the transaction of a caller who has locked the partner's accounts and read the roots under that lock.
 */
export async function approveRoots(
  deps: Pick<CommissionDeps, "gates" | "ledger" | "outbox">,
  tx: Tx,
  account: { readonly partnerId: string; readonly currency: string },
  roots: readonly CommissionRow[],
): Promise<Approval> {
  const held = await askGates(deps.gates, tx, roots);
  const families = await findFamilies(tx, idsOf(roots.filter((root) => !held.has(root.id))));
  let { clawback_receivable: debt } = await deps.ledger.balances(tx, account);
  let amount = 0n;
  const entries: Entry[] = [];
  const moving: CommissionRow[] = [];
  for (const [rootId, family] of families) {
    const rows = family.filter((row) => row.status === "pending");
    const left = leftOf(rows);
    invariant(left >= 0n, "reversals never take more than the commission");
    entries.push(commissionApproved({ ...account, sourceId: rootId, amount: left, debt, at: tx.ctx.now }));
    debt -= left < debt ? left : debt;
    amount += left;
    moving.push(...rows);
  }
  const approved = await moveCommissions(tx, idsOf(moving), "approved", { approved_at: tx.ctx.now });
  invariant(approved.length === moving.length, "rows that were read under the lock have not moved");
  await deps.ledger.post(tx, entries);
  await publishCommissions(deps.outbox, tx, "commission.approved", approved);
  await publishClawbacks(deps, tx, entries);
  return { approved, amount, held };
}
