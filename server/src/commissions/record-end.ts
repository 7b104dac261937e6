import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import type { CommissionRow } from "./commission-repository.ts";

/**
 * Gives the end that a person puts to a commission its place in the partner's recorded sequence: refunds recorded after it take nothing of it,
 * on replay too. Called before the partner's accounts are locked: the sequence comes first, as everywhere.
 */
export const recordEnd = (
  deps: Pick<CommissionDeps, "partners">,
  tx: Tx,
  commission: CommissionRow,
): Promise<unknown> =>
  deps.partners.recordEvents(tx, [
    {
      partnerId: commission.partner_id,
      kind: "dispute_resolved",
      referralId: commission.referral_id,
      data: { cancelled: [commission.id] },
      occurredAt: tx.ctx.now,
    },
  ]);
