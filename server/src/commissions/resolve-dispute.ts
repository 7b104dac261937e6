import { invariant } from "../kernel/invariant.ts";
import { disputeCancelled, disputeUpheld } from "../ledger/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { commissionEvent, publishCommissions } from "./commission-events.ts";
import { type CommissionRow, closeCommissions, findCommission, moveCommissions } from "./commission-repository.ts";
import { holdAfterDispute, isPaid, leftOf, splitCancellation } from "./commission-rules.ts";
import { type DisputeView, disputeView } from "./commission-view.ts";
import { closeDispute, type DisputeRow, findDispute } from "./dispute-repository.ts";
import { accountOf, type Family, idsOf, lockFamily } from "./lock-family.ts";
import { recordSettlement } from "./record-settlement.ts";
import { takeBack } from "./take-back.ts";
import { tellPartner } from "./tell-partner.ts";

export const DISPUTE_OUTCOMES = ["uphold", "cancel"] as const;

export type ResolveDispute = {
  readonly disputeId: string;
  /** `uphold`: the commission stands. `cancel`: it is not owed. */
  readonly outcome: (typeof DISPUTE_OUTCOMES)[number];
  readonly resolution: string;
};

/** An operator settles a dispute: what it held goes back to where it came from, or is not owed. */
export const resolveDispute =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { disputeId, outcome, resolution }: ResolveDispute): Promise<DisputeView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "commissions:write");
      const seen = await findDispute(tx, disputeId);
      if (seen === undefined) throw commissionErrors.dispute_not_found();
      const commission = await findCommission(tx, seen.commission_id);
      invariant(commission, "a dispute is about a commission (foreign key)");
      await recordSettlement(deps, tx, commission, outcome === "cancel");
      const family = await lockFamily(deps, tx, seen.commission_id);
      const dispute = await findDispute(tx, disputeId);
      if (dispute?.status !== "open") throw commissionErrors.dispute_settled({ status: dispute?.status });
      invariant(family.root.status === "disputed", "a commission with an open dispute is disputed");

      const settled = await closeDispute(tx, disputeId, outcome === "uphold" ? "upheld" : "cancelled", resolution);
      invariant(settled, "a dispute that was read under the lock is open");
      const settle = SETTLEMENTS[`${outcome} ${dispute.status_before}`];
      await settle(deps, tx, family, dispute, resolution);
      if (outcome === "cancel") await closeCommissions(tx, [family.root.id], "person");

      const root = await findCommission(tx, family.root.id);
      invariant(root, "a commission is never deleted");
      await deps.audit.record(tx, "commission.dispute_resolved", {
        targetType: "commission",
        targetId: root.id,
        before: { status: "disputed", disputeId, amountHeld: dispute.amount_held },
        after: { status: root.status, outcome: settled.status },
        reason: resolution,
      });
      await deps.outbox.publish(tx, [commissionEvent("commission.dispute_resolved", root, settled)]);
      await tellPartner(tx, {
        partnerId: root.partner_id,
        subject: "dispute_resolved",
        amount: String(leftOf(family.rows)),
        currency: root.currency,
        reason: resolution,
      });
      return disputeView(settled);
    });

type Settlement = (
  deps: CommissionDeps,
  tx: Tx,
  family: Family,
  dispute: DisputeRow,
  resolution: string,
) => Promise<unknown>;

/** What becomes of a disputed commission, by the outcome and by where it stood before. */
const SETTLEMENTS: Readonly<Record<`${ResolveDispute["outcome"]} ${DisputeRow["status_before"]}`, Settlement>> = {
  "uphold pending": async (deps, tx, { root, rows }, dispute) => {
    const hold_until = holdAfterDispute({
      holdUntil: root.hold_until,
      openedAt: dispute.opened_at,
      settledAt: tx.ctx.now,
    });
    const [rest, roots] = [disputedOf(rows).filter((id) => id !== root.id), [root.id]];
    await moveCommissions(tx, rest, "pending");
    await moveCommissions(tx, roots, "pending", { hold_until });
    await deps.ledger.post(tx, [disputeUpheld({ ...booking(tx, root, dispute), to: "pending", debt: 0n })]);
  },

  "uphold approved": async (deps, tx, { root, rows }, dispute) => {
    await moveBack(deps, tx, rows);
    const { clawback_receivable: debt } = await deps.ledger.balances(tx, accountOf(root));
    const entries = [disputeUpheld({ ...booking(tx, root, dispute), to: "available", debt })];
    await deps.ledger.post(tx, entries);
    await publishClawbacks(deps, tx, entries);
  },

  "cancel pending": async (deps, tx, { root, rows }, dispute) => {
    invariant(dispute.amount_held === leftOf(rows), "a commission that was pending is held whole");
    const cancelled = await moveCommissions(tx, disputedOf(rows), "cancelled");
    await deps.ledger.post(tx, [disputeCancelled(booking(tx, root, dispute))]);
    await publishCommissions(deps.outbox, tx, "commission.cancelled", cancelled);
  },

  "cancel approved": async (deps, tx, { root, rows }, dispute, resolution) => {
    await moveBack(deps, tx, rows);
    const { dropped, released, reversed } = splitCancellation(leftOf(rows), dispute.amount_held);
    const { clawback_receivable: debt } = await deps.ledger.balances(tx, accountOf(root));
    const entries = [
      disputeCancelled({ ...booking(tx, root, dispute), amount: dropped }),
      disputeUpheld({ ...booking(tx, root, dispute), amount: released, to: "available", debt }),
    ];
    await deps.ledger.post(tx, entries);
    await publishClawbacks(deps, tx, entries);
    await takeBack(deps, tx, root, { amount: dropped + reversed, booked: dropped, reason: resolution });
  },
};

/** Rows that had been approved go back: to paid where a transfer that held them was confirmed meanwhile. */
async function moveBack(deps: CommissionDeps, tx: Tx, rows: readonly CommissionRow[]): Promise<void> {
  const disputed = rows.filter((row) => row.status === "disputed");
  const parts = await deps.payouts.takenParts(tx, idsOf(disputed));
  const paid = disputed.filter((row) => isPaid(row.amount, parts.get(row.id)?.confirmed ?? 0n));
  await publishCommissions(
    deps.outbox,
    tx,
    "commission.paid",
    await moveCommissions(tx, idsOf(paid), "paid", { paid_at: tx.ctx.now }),
  );
  await moveCommissions(tx, idsOf(disputed.filter((row) => !paid.includes(row))), "approved");
}

const disputedOf = (rows: readonly CommissionRow[]): string[] => idsOf(rows.filter((row) => row.status === "disputed"));

const booking = (tx: Tx, root: CommissionRow, dispute: DisputeRow) => ({
  ...accountOf(root),
  sourceId: dispute.id,
  amount: dispute.amount_held,
  at: tx.ctx.now,
});
