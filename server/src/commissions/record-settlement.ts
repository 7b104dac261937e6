import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import type { CommissionRow } from "./commission-repository.ts";

/**
 * Gives what a person decides about a commission its place in the partner's recorded sequence: refunds recorded after its end take nothing of
 * it, on replay too. Called before the partner's accounts are locked: the sequence comes first, as everywhere.
 */
export const recordSettlement = (
  deps: Pick<CommissionDeps, "partners">,
  tx: Tx,
  commission: CommissionRow,
  isEnd: boolean,
): Promise<unknown> =>
  deps.partners.recordEvents(tx, [
    {
      partnerId: commission.partner_id,
      kind: "dispute_resolved",
      referralId: commission.referral_id,
      data: isEnd ? { cancelled: [commission.id] } : {},
      occurredAt: tx.ctx.now,
    },
  ]);
