import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { type CommissionRow, findCommission, findFamilies } from "./commission-repository.ts";

/** A commission and every row that reverses or restores a part of it; they move together. */
export type Family = { readonly root: CommissionRow; readonly rows: readonly CommissionRow[] };

/**
 * Reads a commission with its reversals under the lock of its partner's accounts in its currency. Whoever changes either holds that lock, so
 * what is read here stays true until commit. `ownerId` is the partner who asks, where one does: another's commission is not found.
 */
export async function lockFamily(
  deps: Pick<CommissionDeps, "ledger">,
  tx: Tx,
  commissionId: string,
  ownerId?: string,
): Promise<Family> {
  const seen = await findCommission(tx, commissionId);
  if (seen === undefined || (ownerId !== undefined && seen.partner_id !== ownerId)) throw commissionErrors.not_found();
  if (seen.reverses_id !== null) throw commissionErrors.is_reversal({ commissionId: seen.reverses_id });
  await deps.ledger.lock(tx, [accountOf(seen)]);
  const rows = (await findFamilies(tx, [commissionId])).get(commissionId);
  const root = rows?.[0];
  invariant(rows && root, "a commission is never deleted");
  return { root, rows };
}

/** The accounts that a commission is booked in. */
export const accountOf = ({ partner_id, currency }: Pick<CommissionRow, "partner_id" | "currency">) => ({
  partnerId: partner_id,
  currency,
});

export const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map((row) => row.id);
