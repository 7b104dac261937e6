import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { disputeEvent } from "./dispute-events.ts";
import { type DisputeRow, moveDispute } from "./dispute-repository.ts";
import { inDays } from "./dispute-rules.ts";
import { findDisputeSettings } from "./dispute-settings-repository.ts";
import { type DeskDetail, deskDetail } from "./dispute-view.ts";
import { lockUnsettled, personBehind } from "./open-desk.ts";
import { tellReviewers } from "./tell-reviewers.ts";

export type EscalateDispute = { readonly disputeId: string; readonly reason: string };

/** Hands a dispute to a second reviewer: whoever escalates is the first, and another person decides. */
export const escalateDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId, reason }: EscalateDispute): Promise<DeskDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const dispute = await lockUnsettled(tx, disputeId);
      if (dispute.first_reviewer !== null) throw commissionErrors.dispute_state({ status: dispute.status });
      const first = (await personBehind(deps, tx, ctx.actor)) ?? dispute.assigned_to;
      return deskDetail(tx, await escalate(deps, tx, dispute, { first, reason }));
    });

/** Joins a transaction that holds the dispute. `first` is null where nobody has looked at it; `isLate` says that the program does it, and no person. */
export async function escalate(
  deps: CommissionDeps,
  tx: Tx,
  dispute: DisputeRow,
  {
    first,
    reason,
    isLate = false,
  }: { readonly first: string | null; readonly reason: string; readonly isLate?: boolean },
): Promise<DisputeRow> {
  const after = await moveDispute(tx, dispute.id, "escalated", {
    first_reviewer: first,
    escalated_at: tx.ctx.now,
    due_at: inDays(tx.ctx.now, (await findDisputeSettings(tx)).answerDays),
    time_left_ms: null,
    reminded_at: null,
  });
  invariant(after, "a dispute that is locked has not moved");
  await deps.audit.record(tx, "dispute.escalated", {
    targetType: "dispute",
    targetId: dispute.id,
    before: { status: dispute.status },
    after: { status: after.status, firstReviewer: first },
    reason,
  });
  await deps.outbox.publish(tx, [disputeEvent("dispute.escalated", after)]);
  await tellReviewers(tx, { subject: "escalated", disputeId: dispute.id, text: isLate ? null : reason });
  return after;
}
