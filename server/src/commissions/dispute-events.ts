import type { DomainEvent } from "../platform/outbox/index.ts";
import type { DisputeRow } from "./dispute-repository.ts";

export type DisputeEventType =
  | "dispute.opened"
  | "dispute.message"
  | "dispute.waiting"
  | "dispute.answered"
  | "dispute.noted"
  | "dispute.assigned"
  | "dispute.escalated"
  | "dispute.reminded"
  | "dispute.resolved"
  | "dispute.withdrawn";

/** News of a dispute. It names nobody of the team, and nothing that was written: partners read it too. */
export const disputeEvent = (type: DisputeEventType, row: DisputeRow): DomainEvent => ({
  type,
  objectType: "dispute",
  objectId: row.id,
  data: {
    id: row.id,
    partnerId: row.partner_id,
    kind: row.kind,
    commissionId: row.commission_id,
    status: row.status,
    dueAt: row.due_at,
    adjustedBy: row.adjusted_by,
    resultCommissionId: row.result_commission_id,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
  },
});
