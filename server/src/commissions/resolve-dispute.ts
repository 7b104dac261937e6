import { AMOUNT_MAX_MINOR } from "../kernel/money.ts";
import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type Adjusted, adjustCommission, grantMissing, nameResult } from "./adjust-disputed.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import type { DisputeRow } from "./dispute-repository.ts";
import { isAboveLimit, refuseReviewer } from "./dispute-rules.ts";
import { type DeskDisputeView, deskDisputeView } from "./dispute-view.ts";
import { endDispute, enterDesk, recordDecision } from "./end-dispute.ts";

export const DISPUTE_OUTCOMES = ["uphold", "adjust", "cancel"] as const;

export type ResolveDispute = {
  readonly disputeId: string;
  /** `uphold`: the number stands. `adjust`: it is another. `cancel`: the commission is not owed. */
  readonly outcome: (typeof DISPUTE_OUTCOMES)[number];
  readonly resolution: string;
  /** Of an adjustment, minor units: what the commission should have earned, before any refund of its sale. */
  readonly amount?: number;
  /** Of an adjustment of a missing one, instead of an amount: the commission that settles it, earned or granted meanwhile. */
  readonly commissionId?: string;
};

/** An operator settles a dispute: what it held goes back to where it came from, is corrected, or is not owed. Each by new entries. */
export const resolveDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, input: ResolveDispute): Promise<DeskDisputeView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const dispute = await enterDesk(deps, tx, input.disputeId);
      const { outcome, resolution } = input;
      if (outcome !== "adjust") {
        requireReviewer(tx, dispute, { by: 0n, limit: null });
        if (outcome === "cancel" && dispute.commission_id === null) throw commissionErrors.dispute_of_missing();
        await recordDecision(
          deps,
          tx,
          dispute,
          outcome === "cancel" ? { cancelled: [dispute.commission_id ?? ""] } : {},
        );
        const status = outcome === "cancel" ? "cancelled" : "upheld";
        return deskDisputeView(await endDispute(deps, tx, dispute, { status, resolution }));
      }
      const adjusted = await adjust(deps, tx, dispute, input);
      return deskDisputeView(await endDispute(deps, tx, dispute, { status: "adjusted", resolution, ...adjusted }));
    });

async function adjust(deps: CommissionDeps, tx: Tx, dispute: DisputeRow, input: ResolveDispute): Promise<Adjusted> {
  const { amount, commissionId } = input;
  if (dispute.kind === "missing" && commissionId !== undefined && amount === undefined) {
    requireReviewer(tx, dispute, { by: 0n, limit: null });
    await recordDecision(deps, tx, dispute, {});
    return nameResult(tx, dispute, commissionId);
  }
  if (amount === undefined || commissionId !== undefined) throw commissionErrors.dispute_result();
  if (amount <= 0) throw commissionErrors.amount_invalid({ field: "amount" });
  if (amount > AMOUNT_MAX_MINOR) throw commissionErrors.amount_too_large({ maximum: AMOUNT_MAX_MINOR });
  const check = async (by: bigint, currency: string) =>
    requireReviewer(tx, dispute, { by, limit: await deps.payouts.approvalAbove(tx, currency) });
  return dispute.kind === "missing"
    ? grantMissing(deps, tx, dispute, { amount: BigInt(amount), check })
    : adjustCommission(deps, tx, dispute, { amount: BigInt(amount), check });
}

/** Refuses who may not decide: see `refuseReviewer`. */
function requireReviewer(
  tx: Tx,
  dispute: DisputeRow,
  change: { readonly by: bigint; readonly limit: bigint | null },
): void {
  const { actor } = tx.ctx;
  const refusal = refuseReviewer({
    firstReviewer: dispute.first_reviewer,
    userId: actor.type === "user" ? actor.userId : null,
    isAboveLimit: isAboveLimit(change.by, change.limit),
  });
  if (refusal === "person_required") throw accessErrors.person_required();
  if (refusal === "same_person") throw commissionErrors.reviewer_same();
  if (refusal === "second_required") throw commissionErrors.reviewer_second();
}
