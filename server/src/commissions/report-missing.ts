import { newId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { evidenceOfMissing } from "./collect-evidence.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { disputeEvent } from "./dispute-events.ts";
import { insertDispute } from "./dispute-repository.ts";
import { inDays, type ReferenceKind } from "./dispute-rules.ts";
import { findDisputeSettings } from "./dispute-settings-repository.ts";
import { type DisputeView, disputeView } from "./dispute-view.ts";
import { tellReviewers } from "./tell-reviewers.ts";

export type ReportMissing = {
  readonly missing: { readonly kind: ReferenceKind; readonly reference: string };
  readonly reason: string;
};

/**
 * A partner says that it should have earned on a sale, a customer, a referral or a click, and has not. The answer is the same whether the
 * reference is its own, another's or nothing at all; only the operator sees what it leads to.
 */
export const reportMissing =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { missing, reason }: ReportMissing): Promise<DisputeView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:commissions:dispute");
      const partnerId = requirePartner(ctx);
      const { transactionId, ...kept } = await evidenceOfMissing(deps, tx, { partnerId, ...missing });
      const dispute = await insertDispute(tx, {
        id: newId(),
        kind: "missing",
        commission_id: null,
        partner_id: partnerId,
        reason,
        status_before: null,
        amount_moved: 0n,
        reference_kind: missing.kind,
        reference: missing.reference,
        transaction_id: transactionId,
        due_at: inDays(tx.ctx.now, (await findDisputeSettings(tx)).answerDays),
        ...kept,
      });
      if (dispute === undefined) throw commissionErrors.disputed_already();
      await deps.audit.record(tx, "dispute.opened", {
        targetType: "dispute",
        targetId: dispute.id,
        after: disputeView(dispute),
        reason,
      });
      await deps.outbox.publish(tx, [disputeEvent("dispute.opened", dispute)]);
      await tellReviewers(tx, { subject: "opened", disputeId: dispute.id, text: reason });
      return disputeView(dispute);
    });
