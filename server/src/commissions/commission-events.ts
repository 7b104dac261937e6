import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent, Outbox } from "../platform/outbox/index.ts";
import type { CommissionRow } from "./commission-repository.ts";
import type { DisputeRow } from "./dispute-repository.ts";

export type CommissionEventType =
  | "commission.created"
  | "commission.reversed"
  | "commission.approved"
  | "commission.paid"
  | "commission.disputed"
  | "commission.dispute_resolved"
  | "commission.cancelled";

/** News of a commission, as listeners and webhooks see it. A reversal is a commission of its own, with a negative amount. */
export const commissionEvent = (type: CommissionEventType, row: CommissionRow, dispute?: DisputeRow): DomainEvent => ({
  type,
  objectType: "commission",
  objectId: row.id,
  data: {
    id: row.id,
    partnerId: row.partner_id,
    referralId: row.referral_id,
    transactionId: row.transaction_id,
    type: row.commission_type,
    amount: row.amount,
    currency: row.currency,
    status: row.status,
    reversesId: row.reverses_id,
    occurredAt: row.occurred_at,
    ...(dispute === undefined ? {} : { dispute: { id: dispute.id, status: dispute.status } }),
  },
});

/** The outbox takes so many at once at least. */
const EVENTS_MAX = 1_000;

/** Publishes one event for each row. */
export async function publishCommissions(
  outbox: Outbox,
  tx: Tx,
  type: CommissionEventType,
  rows: readonly CommissionRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += EVENTS_MAX) {
    const events = rows.slice(start, start + EVENTS_MAX).map((row) => commissionEvent(type, row));
    await outbox.publish(tx, events);
  }
}
