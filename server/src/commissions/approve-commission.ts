import { type Ctx, requireScope } from "../platform/context.ts";
import { approveRoots } from "./approve-roots.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { mayBeApproved } from "./commission-rules.ts";
import { type CommissionView, viewCommission } from "./commission-view.ts";
import { accountOf, lockFamily } from "./lock-family.ts";

/** An operator approves a commission before its hold ends. Gates and suspension hold it all the same. */
export const approveCommission =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { commissionId }: { readonly commissionId: string }): Promise<CommissionView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const { root } = await lockFamily(deps, tx, commissionId);
      if (root.status !== "pending") throw commissionErrors.wrong_state({ status: root.status });
      const partner = await deps.partners.getPartner(tx, root.partner_id);
      if (!mayBeApproved(partner.status)) throw commissionErrors.partner_suspended({ status: partner.status });

      const { approved, held } = await approveRoots(deps, tx, accountOf(root), [root]);
      const reason = held.get(root.id);
      if (reason !== undefined) throw commissionErrors.held({ reason });
      await deps.audit.record(tx, "commission.approved", {
        targetType: "commission",
        targetId: root.id,
        before: root,
        after: { status: "approved", rows: approved.length },
      });
      return viewCommission(deps, tx, root.id);
    });
