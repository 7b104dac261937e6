import { newId } from "../kernel/id.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { CleanFile } from "../platform/files/index.ts";
import { ticketErrors } from "./support-errors.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { ticketEvent } from "./ticket-events.ts";
import { tellOfMessage } from "./ticket-mails.ts";
import { insertTicket, type Ticket } from "./ticket-repository.ts";
import type { TicketObject, TicketSide } from "./ticket-rules.ts";
import { type PartnerTicket, partnerView } from "./ticket-view.ts";
import { checkFiles, countMessage, type Words, writeMessage } from "./write-message.ts";

type NewTicket = Words & {
  readonly subject: string;
  readonly object?: { readonly type: TicketObject; readonly id: string } | undefined;
};

/** A partner asks the operator's team. */
export const openTicket =
  (deps: TicketDeps) =>
  async (ctx: Ctx, input: NewTicket): Promise<PartnerTicket> => {
    requireScope(ctx, "own:support:write");
    const partnerId = requirePartner(ctx);
    await countMessage(deps, ctx, partnerId);
    const files = await checkFiles(input.files);
    return deps.db.transaction(ctx, async (tx) =>
      partnerView(await open(deps, tx, { ...input, partnerId, files, by: "partner" })),
    );
  };

/** The team asks a partner. */
export const openTicketFor =
  (deps: TicketDeps) =>
  async (ctx: Ctx, input: NewTicket & { readonly partnerId: string }): Promise<Ticket> => {
    requireScope(ctx, "support:write");
    const files = await checkFiles(input.files);
    return deps.db.transaction(ctx, async (tx) => {
      await deps.partners.getPartner(tx, input.partnerId);
      return open(deps, tx, { ...input, files, by: "operator" });
    });
  };

type Opening = Omit<NewTicket, "files"> & {
  readonly partnerId: string;
  readonly files: readonly CleanFile[];
  readonly by: TicketSide;
};

async function open(deps: TicketDeps, tx: Tx, { partnerId, subject, message, object, files, by }: Opening) {
  // What is another partner's and what does not exist are answered alike.
  if (object !== undefined && (await deps.ownerOf[object.type](tx, object.id)) !== partnerId)
    throw ticketErrors.object_not_found({ field: "object" });
  const { now } = tx.ctx;
  const ticket: Ticket = {
    id: newId(),
    partnerId,
    subject,
    status: by === "partner" ? "open" : "waiting",
    object: object ?? null,
    assignedTo: null,
    openedAt: now,
    updatedAt: now,
    solvedAt: null,
    closedAt: null,
  };
  await insertTicket(tx, ticket);
  const first = await writeMessage(tx, ticket.id, { author: by, isInternal: false, body: message, files });
  await deps.audit.record(tx, "ticket.opened", {
    targetType: "ticket",
    targetId: ticket.id,
    after: { partnerId, object: ticket.object, by },
  });
  await deps.outbox.publish(tx, [ticketEvent("ticket.opened", ticket)]);
  await tellOfMessage(deps, tx, ticket, first);
  return ticket;
}
