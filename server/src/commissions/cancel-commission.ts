import { invariant } from "../kernel/invariant.ts";
import { commissionReversed } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { publishCommissions } from "./commission-events.ts";
import { closeCommissions, findCommission, moveCommissions } from "./commission-repository.ts";
import { leftOf } from "./commission-rules.ts";
import { type CommissionView, viewCommission } from "./commission-view.ts";
import { accountOf, type Family, idsOf, lockFamily } from "./lock-family.ts";
import { recordEnd } from "./record-end.ts";
import { takeBack } from "./take-back.ts";
import { tellPartner } from "./tell-partner.ts";

export type CancelCommission = { readonly commissionId: string; readonly reason: string };

/**
 * An operator cancels a commission for good. While it is pending it is cancelled with its reversals; once it has been approved, what is left of
 * it is taken back by a reversal. A disputed commission is cancelled by settling its dispute.
 */
export const cancelCommission =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { commissionId, reason }: CancelCommission): Promise<CommissionView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const seen = await findCommission(tx, commissionId);
      if (seen === undefined) throw commissionErrors.not_found();
      if (seen.rule === "set_off") throw commissionErrors.is_set_off();
      await recordEnd(deps, tx, seen);
      const family = await lockFamily(deps, tx, commissionId);
      const { root, rows } = family;
      const left = leftOf(rows);
      if (root.status === "pending") await cancelPending(deps, tx, family);
      else if (root.status === "approved" || root.status === "paid") {
        if (left <= 0n) throw commissionErrors.nothing_left();
        await takeBack(deps, tx, root, { amount: left, booked: 0n, reason });
      } else throw commissionErrors.wrong_state({ status: root.status });
      await closeCommissions(tx, [root.id], { by: "person", reason });

      const after = await viewCommission(deps, tx, root.id);
      await deps.audit.record(tx, "commission.cancelled", {
        targetType: "commission",
        targetId: root.id,
        before: root,
        after: { status: after.status, taken: left },
        reason,
      });
      await tellPartner(deps.outbox, tx, {
        partnerId: root.partner_id,
        notice: "commission_cancelled",
        subject: root.id,
        amount: left,
        currency: root.currency,
        reason,
      });
      return after;
    });

async function cancelPending(deps: CommissionDeps, tx: Tx, { root, rows }: Family): Promise<void> {
  const cancelled = await moveCommissions(tx, idsOf(rows), "cancelled");
  invariant(cancelled.length === rows.length, "reversals of a pending commission are pending");
  const left = leftOf(rows);
  await deps.ledger.post(tx, [
    commissionReversed({
      ...accountOf(root),
      sourceId: root.id,
      amount: left,
      from: "pending",
      held: left,
      at: tx.ctx.now,
    }),
  ]);
  await publishCommissions(deps.outbox, tx, "commission.cancelled", cancelled);
}
