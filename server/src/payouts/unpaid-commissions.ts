import type { AccountPair } from "../ledger/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { takenParts } from "./payout-repository.ts";
import type { UnpaidCommission } from "./payout-rules.ts";

/**
 * Approved commissions of accounts, in the order given, with what no payout holds of them, in the order in which a payout draws: negative ones
 * first, then oldest approval, then id. The caller has locked the accounts.
 */
export async function unpaidCommissions(
  deps: Pick<PayoutDeps, "commissions">,
  tx: ReadTx,
  accounts: readonly AccountPair[],
): Promise<(UnpaidCommission & { readonly occurredAt: Date })[][]> {
  const approved = await deps.commissions.approvedCommissions(tx, accounts);
  const parts = await takenParts(
    tx,
    approved.flat().map((commission) => commission.id),
  );
  return approved.map((rows) =>
    rows
      .map(({ id, amount, occurredAt }) => ({ id, unpaid: amount - (parts.get(id)?.taken ?? 0n), occurredAt }))
      .filter(({ unpaid }) => unpaid !== 0n),
  );
}
