import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { lockOwnTicket } from "./answer-ticket.ts";
import { ticketErrors } from "./support-errors.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { type TicketEventType, ticketEvent } from "./ticket-events.ts";
import { lockTicket, type Ticket, updateTicket } from "./ticket-repository.ts";
import { canMove, type TicketStatus } from "./ticket-rules.ts";
import { type PartnerTicket, partnerView } from "./ticket-view.ts";

/** Where a person may move a ticket; `waiting` follows from an answer. */
export const TICKET_MOVES = ["open", "solved", "closed"] as const;
type TicketMove = (typeof TICKET_MOVES)[number];

const NEWS: Readonly<Record<TicketMove, TicketEventType>> = {
  open: "ticket.reopened",
  solved: "ticket.solved",
  closed: "ticket.closed",
};

/** A partner needs no more answer. */
export const solveTicket =
  (deps: TicketDeps) =>
  (ctx: Ctx, { ticketId }: { readonly ticketId: string }): Promise<PartnerTicket> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:support:write");
      const ticket = await lockOwnTicket(tx, ticketId, requirePartner(ctx));
      return partnerView(await move(deps, tx, ticket, "solved"));
    });

export type TicketChange = {
  readonly ticketId: string;
  readonly status?: TicketMove | undefined;
  /** Null takes it from whoever has it. */
  readonly assignedTo?: string | null | undefined;
};

/** The team moves a ticket, or gives it to one of its members. What is already so is left as it is. */
export const changeTicket =
  (deps: TicketDeps) =>
  (ctx: Ctx, { ticketId, status, assignedTo }: TicketChange): Promise<Ticket> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "support:write");
      const found = await lockTicket(tx, ticketId);
      if (found === undefined) throw ticketErrors.not_found();
      const ticket = assignedTo === undefined ? found : await assign(deps, tx, found, assignedTo);
      return status === undefined || status === ticket.status ? ticket : move(deps, tx, ticket, status);
    });

async function assign(deps: TicketDeps, tx: Tx, ticket: Ticket, assignedTo: string | null): Promise<Ticket> {
  if (assignedTo === ticket.assignedTo) return ticket;
  const isMember = assignedTo === null || (await deps.people.findTeam(tx)).some(({ id }) => id === assignedTo);
  if (!isMember) throw ticketErrors.assignee_unknown({ field: "assignedTo" });
  const assigned: Ticket = { ...ticket, assignedTo };
  await updateTicket(tx, assigned);
  await deps.audit.record(tx, "ticket.assigned", {
    targetType: "ticket",
    targetId: ticket.id,
    before: { assignedTo: ticket.assignedTo },
    after: { assignedTo },
  });
  await deps.outbox.publish(tx, [ticketEvent("ticket.assigned", assigned)]);
  return assigned;
}

async function move(deps: TicketDeps, tx: Tx, ticket: Ticket, status: TicketMove): Promise<Ticket> {
  if (!canMove(ticket.status, status)) throw ticketErrors.wrong_state({ status: ticket.status });
  const { now } = tx.ctx;
  const moved: Ticket = {
    ...ticket,
    status: status satisfies TicketStatus,
    updatedAt: now,
    solvedAt: status === "solved" ? now : ticket.solvedAt,
    closedAt: status === "closed" ? now : null,
  };
  await updateTicket(tx, moved);
  const news = NEWS[status];
  await deps.audit.record(tx, news, {
    targetType: "ticket",
    targetId: ticket.id,
    before: { status: ticket.status },
    after: { status },
  });
  await deps.outbox.publish(tx, [ticketEvent(news, moved)]);
  return moved;
}
