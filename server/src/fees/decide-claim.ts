import { personBehind } from "../commissions/index.ts";
import { invariant } from "../kernel/invariant.ts";
import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { claimEvent } from "./budget-events.ts";
import { type ClaimRow, changeClaim, findClaim, moveBudget } from "./budget-repository.ts";
import { needsSecond, WAITING_STATES } from "./budget-rules.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { feeErrors } from "./fee-errors.ts";
import { type ClaimView, claimViews } from "./find-budgets.ts";

export type ApproveClaim = {
  readonly claimId: string;
  /** Minor units; all of the claim when not given. */
  readonly amount?: number;
  /** Needed where less is approved than was claimed. */
  readonly reason?: string;
};

/**
 * Approves a claim, or a part of it: what is approved is a row of earnings whose hold is over, so that approval, payout and their gates follow by
 * themselves. Above the programme's approval limit two people approve the same amount, the second not the first (docs/adr/0022).
 */
export const approveClaim =
  (deps: FeeDeps) =>
  (ctx: Ctx, { claimId, amount: asked, reason }: ApproveClaim): Promise<ClaimView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const claim = await lockClaim(deps, tx, claimId);
      const amount = asked === undefined ? claim.amount : BigInt(asked);
      if (amount > claim.amount) throw feeErrors.above_claim({ amount: claim.amount });
      if (amount < claim.amount && reason === undefined) throw feeErrors.reason_missing({ field: "reason" });
      const { partner_id: partnerId, currency } = claim;
      const { status } = await deps.partners.getPartner(tx, partnerId);
      if (status === "terminated") throw feeErrors.partner_terminated();

      if (needsSecond(amount, await deps.payouts.approvalAbove(tx, currency))) {
        const person = await personBehind(deps, tx, ctx.actor);
        if (person === null) throw accessErrors.person_required();
        if (claim.first_approved_by === null || claim.first_amount !== amount)
          return escalate(deps, tx, { claim, amount, person, reason });
        if (claim.first_approved_by === person) throw feeErrors.second_person_needed();
      }
      const commissionId = await deps.commissions.grantEarnings(tx, {
        partnerId,
        currency,
        amount,
        rule: "co_marketing",
        holdUntil: ctx.now,
        reason: claim.description,
      });
      const change = { status: "approved", granted: amount, reason: reason ?? null, decided_at: ctx.now } as const;
      return decide(deps, tx, claim, { ...change, commission_id: commissionId });
    });

/** Rejects a claim; its amount may be claimed again. */
export const rejectClaim =
  (deps: FeeDeps) =>
  (ctx: Ctx, { claimId, reason }: { readonly claimId: string; readonly reason: string }): Promise<ClaimView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "fees:write");
      const claim = await lockClaim(deps, tx, claimId);
      return decide(deps, tx, claim, { status: "rejected", reason, decided_at: ctx.now });
    });

/** The accounts are locked first, as everywhere: whoever decides second reads what the first has left. */
async function lockClaim(deps: FeeDeps, tx: Tx, claimId: string): Promise<ClaimRow> {
  const seen = await findClaim(tx, claimId);
  if (seen === undefined) throw feeErrors.claim_not_found();
  await deps.ledger.lock(tx, [{ partnerId: seen.partner_id, currency: seen.currency }]);
  const claim = await findClaim(tx, claimId);
  invariant(claim, "a claim is never deleted");
  if (!(WAITING_STATES as readonly string[]).includes(claim.status))
    throw feeErrors.claim_decided({ status: claim.status });
  return claim;
}

async function escalate(
  deps: FeeDeps,
  tx: Tx,
  {
    claim,
    amount,
    person,
    reason,
  }: {
    readonly claim: ClaimRow;
    readonly amount: bigint;
    readonly person: string;
    readonly reason: string | undefined;
  },
): Promise<ClaimView> {
  const first = { first_approved_by: person, first_amount: amount };
  return settle(deps, tx, claim, { status: "escalated", reason: reason ?? null, ...first });
}

type Decision = Parameters<typeof changeClaim>[2];

/** What was set aside is no longer, and what was approved is used. */
async function decide(deps: FeeDeps, tx: Tx, claim: ClaimRow, decision: Decision): Promise<ClaimView> {
  const moved = await moveBudget(tx, claim.budget_id, { waiting: -claim.amount, used: decision.granted ?? 0n });
  invariant(moved, "a claim was set aside of its budget");
  return settle(deps, tx, claim, decision);
}

const EVENTS = {
  submitted: "budget.claimed",
  escalated: "budget.claim_escalated",
  approved: "budget.claim_approved",
  rejected: "budget.claim_rejected",
} as const;

async function settle(deps: FeeDeps, tx: Tx, before: ClaimRow, decision: Decision): Promise<ClaimView> {
  const isChanged = await changeClaim(tx, before.id, decision);
  invariant(isChanged, "a claim that was read under the lock has not moved");
  const after = await findClaim(tx, before.id);
  invariant(after, "a claim is never deleted");
  const event = EVENTS[decision.status];
  await deps.audit.record(tx, event, {
    targetType: "budget_claim",
    targetId: before.id,
    before,
    after,
    ...(decision.reason == null ? {} : { reason: decision.reason }),
  });
  await deps.outbox.publish(tx, [claimEvent(event, after)]);
  const [view] = await claimViews(tx, [after]);
  invariant(view, "a claim has a view");
  return view;
}
