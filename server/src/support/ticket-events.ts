import type { DomainEvent } from "../platform/outbox/index.ts";
import type { Ticket } from "./ticket-repository.ts";

export type TicketEventType =
  | "ticket.opened"
  | "ticket.answered"
  | "ticket.solved"
  | "ticket.reopened"
  | "ticket.closed"
  | "ticket.noted"
  | "ticket.assigned";

/** News of a ticket, as the partner and the operator may both see it: nothing of what was written, nor of who of the team has it. */
export const ticketEvent = (type: TicketEventType, ticket: Ticket): DomainEvent => ({
  type,
  objectType: "ticket",
  objectId: ticket.id,
  data: {
    id: ticket.id,
    partnerId: ticket.partnerId,
    subject: ticket.subject,
    status: ticket.status,
    object: ticket.object,
    updatedAt: ticket.updatedAt,
  },
});
