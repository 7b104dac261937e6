import { type Ctx, requireScope } from "../platform/context.ts";
import { findCase, setAssignee } from "./case-repository.ts";
import { type CaseDetail, caseDetail } from "./case-view.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudErrors } from "./fraud-errors.ts";
import { caseEvent } from "./fraud-events.ts";

/** Gives a case to a member of the team; null takes it from whoever has it. */
export const assignCase =
  (deps: FraudDeps) =>
  (
    ctx: Ctx,
    { caseId, assignedTo }: { readonly caseId: string; readonly assignedTo: string | null },
  ): Promise<CaseDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fraud:decide");
      const before = await findCase(tx, caseId);
      if (before === undefined) throw fraudErrors.case_not_found();
      if (assignedTo !== null && !(await deps.people.isTeamMember(tx, assignedTo)))
        throw fraudErrors.assignee_unknown({ field: "assignedTo" });
      if (before.assignedTo === assignedTo) return caseDetail(deps, tx, before);
      const after = (await setAssignee(tx, caseId, assignedTo)) ?? before;
      await deps.audit.record(tx, "fraud.case_assigned", {
        targetType: "fraud_case",
        targetId: caseId,
        before: { assignedTo: before.assignedTo },
        after: { assignedTo },
      });
      await deps.outbox.publish(tx, [caseEvent("fraud.case_assigned", after)]);
      return caseDetail(deps, tx, after);
    });
