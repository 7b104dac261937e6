import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { ticketErrors } from "./support-errors.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { ticketEvent } from "./ticket-events.ts";
import { tellOfMessage } from "./ticket-mails.ts";
import { lockTicket, type Message, type Ticket, updateTicket } from "./ticket-repository.ts";
import { afterMessage, type TicketSide } from "./ticket-rules.ts";
import { type PartnerMessage, partnerMessageView } from "./ticket-view.ts";
import { checkFiles, countMessage, type Words, writeMessage } from "./write-message.ts";

/** A partner writes into one of its tickets: it is the team's turn, and what was solved is open again. */
export const answerTicket =
  (deps: TicketDeps) =>
  async (ctx: Ctx, input: Words & { readonly ticketId: string }): Promise<PartnerMessage> => {
    requireScope(ctx, "own:support:write");
    const partnerId = requirePartner(ctx);
    await countMessage(deps, ctx, partnerId);
    const files = await checkFiles(input.files);
    return deps.db.transaction(ctx, async (tx) => {
      const ticket = await lockOwnTicket(tx, input.ticketId, partnerId);
      const message = await writeMessage(tx, ticket.id, {
        author: "partner",
        isInternal: false,
        body: input.message,
        files,
      });
      await pass(deps, tx, { ticket, message, by: "partner" });
      return partnerMessageView(message);
    });
  };

/** The team answers, or keeps a note that the partner never sees: a note moves nothing and tells the operator alone. */
export const answerTicketFor =
  (deps: TicketDeps) =>
  async (
    ctx: Ctx,
    input: Words & { readonly ticketId: string; readonly isInternal?: boolean | undefined },
  ): Promise<Message> => {
    requireScope(ctx, "support:write");
    const files = await checkFiles(input.files);
    return deps.db.transaction(ctx, async (tx) => {
      const ticket = await lockTicket(tx, input.ticketId);
      if (ticket === undefined) throw ticketErrors.not_found();
      const isInternal = input.isInternal ?? false;
      const message = await writeMessage(tx, ticket.id, { author: "operator", isInternal, body: input.message, files });
      if (!isInternal) await pass(deps, tx, { ticket, message, by: "operator" });
      else {
        await deps.audit.record(tx, "ticket.noted", {
          targetType: "ticket",
          targetId: ticket.id,
          after: { messageId: message.id },
        });
        await deps.outbox.publish(tx, [ticketEvent("ticket.noted", ticket)]);
      }
      return message;
    });
  };

/** A ticket of this partner, locked. Throws `ticket.not_found` for another's too. */
export async function lockOwnTicket(tx: Tx, ticketId: string, partnerId: string): Promise<Ticket> {
  const ticket = await lockTicket(tx, ticketId);
  if (ticket?.partnerId !== partnerId) throw ticketErrors.not_found();
  return ticket;
}

type Passing = { readonly ticket: Ticket; readonly message: Message; readonly by: TicketSide };

/** It is the other side's turn. */
async function pass(deps: TicketDeps, tx: Tx, { ticket, message, by }: Passing): Promise<void> {
  const status = afterMessage(ticket.status, by);
  if (status === undefined) throw ticketErrors.closed();
  const passed: Ticket = { ...ticket, status, updatedAt: tx.ctx.now };
  await updateTicket(tx, passed);
  await deps.audit.record(tx, "ticket.answered", {
    targetType: "ticket",
    targetId: ticket.id,
    before: { status: ticket.status },
    after: { status, messageId: message.id, by },
  });
  await deps.outbox.publish(tx, [ticketEvent("ticket.answered", passed)]);
  await tellOfMessage(deps, tx, passed, message);
}
