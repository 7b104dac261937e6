import type { DomainEvent } from "../platform/outbox/index.ts";
import type { PayoutRow } from "./payout-repository.ts";

export type PayoutEventType =
  | "payout.requested"
  | "payout.processing"
  | "payout.put_back"
  | "payout.completed"
  | "payout.failed"
  | "payout.cancelled"
  | "payout.returned"
  | "payout.transfer_unexpected"
  | "payout.bank_status_changed";

/** News of a payout, as listeners and webhooks see it. */
export const payoutEvent = (type: PayoutEventType, payout: PayoutRow): DomainEvent => ({
  type,
  objectType: "payout",
  objectId: payout.id,
  data: {
    id: payout.id,
    partnerId: payout.partner_id,
    amount: payout.amount,
    currency: payout.currency,
    status: payout.status,
    bankStatus: payout.bank_status,
    failureCode: payout.failure_code,
    batchId: payout.batch_id,
  },
});
