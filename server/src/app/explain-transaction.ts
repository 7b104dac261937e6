import { findReceipts } from "../commissions/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { findTransactionsByExternalIds } from "../sales/index.ts";

/**
 * What became of a transaction, for `explain`: what was recorded of it, and its receipts, of re-assessments too. Undefined for a name that no
 * transaction has. Referrals ask, and lie below both modules that know: so it is put together here.
 */
export async function explainTransaction(
  tx: ReadTx,
  externalId: string,
): Promise<{ readonly customerId: string; readonly explanation: object } | undefined> {
  const [transaction] = await findTransactionsByExternalIds(tx, [externalId]);
  if (transaction === undefined) return undefined;
  const { customerId, ...recorded } = transaction;
  return { customerId, explanation: { ...recorded, receipts: await findReceipts(tx, [transaction.id]) } };
}
