import { invariant } from "../kernel/invariant.ts";
import { disputeCancelled, disputeUpheld } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { type CommissionRow, closeCommissions, findFamilies, moveCommissions } from "./commission-repository.ts";
import { holdAfterDispute, isPaid, leftOf, splitCancellation } from "./commission-rules.ts";
import { type DisputeRow, findDispute } from "./dispute-repository.ts";
import { accountOf, type Family, idsOf } from "./lock-family.ts";
import { takeBack } from "./take-back.ts";

/**
 * Books what becomes of a disputed commission: it goes back to where it stood, with whatever was corrected of it meanwhile, or it is not owed.
 * The caller holds the partner's sequence, its accounts and the dispute.
 */
export async function settleCommission(
  deps: CommissionDeps,
  tx: Tx,
  of: { readonly commissionId: string; readonly disputeId: string; readonly stands: boolean; readonly reason: string },
): Promise<Family> {
  const rows = (await findFamilies(tx, [of.commissionId])).get(of.commissionId);
  const root = rows?.[0];
  const dispute = await findDispute(tx, of.disputeId);
  invariant(rows && root && dispute?.status_before, "a dispute of a commission has one, and says where it stood");
  invariant(root.status === "disputed", "a commission with an unsettled dispute is disputed");
  const settle = SETTLEMENTS[`${of.stands ? "uphold" : "cancel"} ${dispute.status_before}`];
  await settle(deps, tx, { root, rows }, dispute, of.reason);
  if (!of.stands) await closeCommissions(tx, [root.id], { by: "person" });
  return { root, rows };
}

type Settlement = (
  deps: CommissionDeps,
  tx: Tx,
  family: Family,
  dispute: DisputeRow,
  resolution: string,
) => Promise<unknown>;

/** What becomes of a disputed commission, by the outcome and by where it stood before. */
const SETTLEMENTS: Readonly<Record<`${"uphold" | "cancel"} ${"pending" | "approved"}`, Settlement>> = {
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
