import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { type DisputeDetail, partnerDetail } from "./dispute-view.ts";
import { endDispute, enterDesk, recordDecision } from "./end-dispute.ts";

/** The partner takes its dispute back: the number stands. */
export const withdrawDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId }: { readonly disputeId: string }): Promise<DisputeDetail> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:commissions:dispute");
      const dispute = await enterDesk(deps, tx, disputeId, requirePartner(ctx));
      await recordDecision(deps, tx, dispute, {});
      return partnerDetail(
        tx,
        await endDispute(deps, tx, dispute, { status: "withdrawn", resolution: "Withdrawn by the partner." }),
      );
    });
