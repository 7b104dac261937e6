import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { disputeEvent } from "./dispute-events.ts";
import { assignTo } from "./dispute-repository.ts";
import { type DeskDetail, deskDetail } from "./dispute-view.ts";
import { lockUnsettled } from "./open-desk.ts";

export type AssignDispute = {
  readonly disputeId: string;
  /** An active member of the team; null gives it back to everybody. */
  readonly assigneeId: string | null;
};

/** Says who of the team looks at a dispute. */
export const assignDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId, assigneeId }: AssignDispute): Promise<DeskDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      if (assigneeId !== null && !(await deps.people.isTeamMember(tx, assigneeId)))
        throw commissionErrors.assignee_unknown({ field: "assigneeId" });
      const dispute = await lockUnsettled(tx, disputeId);
      if (dispute.assigned_to === assigneeId) return deskDetail(tx, dispute);
      const after = await assignTo(tx, disputeId, assigneeId);
      invariant(after, "a dispute that is locked has not moved");
      await deps.audit.record(tx, "dispute.assigned", {
        targetType: "dispute",
        targetId: disputeId,
        before: { assignedTo: dispute.assigned_to },
        after: { assignedTo: assigneeId },
      });
      await deps.outbox.publish(tx, [disputeEvent("dispute.assigned", after)]);
      return deskDetail(tx, after);
    });
