import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { commissionDisputed } from "../ledger/index.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { evidenceOfCommission } from "./collect-evidence.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { commissionEvent } from "./commission-events.ts";
import { moveCommissions } from "./commission-repository.ts";
import { disputedAmount, unpaidOf } from "./commission-rules.ts";
import { disputeEvent } from "./dispute-events.ts";
import { insertDispute } from "./dispute-repository.ts";
import { inDays } from "./dispute-rules.ts";
import { findDisputeSettings } from "./dispute-settings-repository.ts";
import { type DisputeView, disputeView } from "./dispute-view.ts";
import { accountOf, idsOf, lockFamily } from "./lock-family.ts";
import { tellReviewers } from "./tell-reviewers.ts";

export type DisputeCommission = { readonly commissionId: string; readonly reason: string };

/**
 * A partner contests one of its commissions. Until that is settled the clock of its hold stands, and what no payout has taken of it is set
 * aside: the smaller of its unpaid part and what is there.
 */
export const disputeCommission =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { commissionId, reason }: DisputeCommission): Promise<DisputeView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:commissions:dispute");
      const family = await lockFamily(deps, tx, commissionId, requirePartner(ctx));
      const { root, rows } = family;
      const { status } = root;
      if (root.rule === "write_off") throw commissionErrors.is_write_off();
      if (root.rule === "set_off") throw commissionErrors.is_set_off();
      if (status === "paid") throw commissionErrors.already_paid();
      if (status !== "pending" && status !== "approved") throw commissionErrors.wrong_state({ status });

      const account = accountOf(root);
      const balances = await deps.ledger.balances(tx, account);
      const unpaid = unpaidOf(rows, await deps.payouts.takenParts(tx, idsOf(rows)));
      const from = status === "pending" ? "pending" : "available";
      const amount = disputedAmount(unpaid, balances[from]);
      invariant(from === "available" || amount === unpaid, "pending is the sum of pending rows");

      const dispute = await insertDispute(tx, {
        id: newId(),
        kind: "commission",
        commission_id: root.id,
        partner_id: root.partner_id,
        reason,
        status_before: status,
        amount_moved: amount,
        reference_kind: null,
        reference: null,
        transaction_id: null,
        due_at: inDays(tx.ctx.now, (await findDisputeSettings(tx)).answerDays),
        ...(await evidenceOfCommission(deps, tx, family)),
      });
      invariant(dispute, "a commission that is not disputed has no dispute that is not settled");
      // A reversal that a payout has settled stays paid.
      const moving = idsOf(rows.filter((row) => row.status === status));
      const disputed = (await moveCommissions(tx, moving, "disputed")).find((row) => row.id === root.id);
      invariant(disputed, "a commission that was read under the lock has not moved");
      await deps.ledger.post(tx, [
        commissionDisputed({ ...account, sourceId: dispute.id, amount, from, at: tx.ctx.now }),
      ]);
      await deps.audit.record(tx, "commission.disputed", {
        targetType: "commission",
        targetId: root.id,
        before: { status },
        after: { status: "disputed", disputeId: dispute.id, amountMoved: amount },
        reason,
      });
      await deps.outbox.publish(tx, [
        commissionEvent("commission.disputed", disputed, dispute),
        disputeEvent("dispute.opened", dispute),
      ]);
      await tellReviewers(tx, { subject: "opened", disputeId: dispute.id, text: reason });
      return disputeView(dispute);
    });
