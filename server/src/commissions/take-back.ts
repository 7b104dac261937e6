import { derivedId, newId } from "../kernel/id.ts";
import { commissionReversed, debtReinstated } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { publishClawbacks } from "./clawback-events.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { publishCommissions } from "./commission-events.ts";
import { type CommissionRow, insertCommissions } from "./commission-repository.ts";
import type { ManualRule } from "./commission-rules.ts";
import { accountOf } from "./lock-family.ts";

/**
 * Takes back what is left of a commission that has been approved, by a row of its own: from what is available, the rest as debt. `booked` of
 * it the caller has taken from elsewhere.
 */
export async function takeBack(
  deps: Pick<CommissionDeps, "ledger" | "outbox">,
  tx: Tx,
  root: CommissionRow,
  taken: { readonly amount: bigint; readonly booked: bigint; readonly reason: string },
): Promise<void> {
  if (taken.amount === 0n) return;
  const isWriteOff = root.rule === "write_off";
  const rows = await insertCommissions(tx, [
    {
      ...manualRow(tx, root, isWriteOff ? "write_off" : "cancellation"),
      referral_id: root.referral_id,
      commission_type: root.commission_type,
      amount: -taken.amount,
      rate_ppm: root.rate_ppm,
      status: "approved",
      reverses_id: root.id,
      period_start: root.period_start,
      period_end: root.period_end,
      approved_at: tx.ctx.now,
      metadata: { reason: taken.reason },
    },
  ]);
  const { available } = await deps.ledger.balances(tx, accountOf(root));
  const entries = rows.map((row) => {
    const booking = { ...accountOf(root), sourceId: row.id, amount: taken.amount - taken.booked, at: tx.ctx.now };
    // A debt that was forgiven by mistake was no cost of commissions, and its return is none either.
    return isWriteOff
      ? debtReinstated({ ...booking, available })
      : commissionReversed({ ...booking, from: "available", held: available });
  });
  await deps.ledger.post(tx, entries);
  await publishClawbacks(deps, tx, entries);
  await publishCommissions(deps.outbox, tx, "commission.reversed", rows);
}

/** The part that rows made by people have in common: an act is an event of its own, at the instant of the act. */
export function manualRow(
  tx: Tx,
  { partner_id, currency }: Pick<CommissionRow, "partner_id" | "currency">,
  rule: ManualRule,
) {
  const eventId = newId();
  return {
    id: derivedId(tx.ctx.tenantId, eventId, rule, partner_id, ""),
    partner_id,
    currency,
    rule,
    act: "",
    event_id: eventId,
    transaction_id: null,
    occurred_at: tx.ctx.now,
    hold_until: tx.ctx.now,
  };
}
