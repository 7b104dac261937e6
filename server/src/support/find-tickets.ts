import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { fileErrors, findFile, type StoredFile } from "../platform/files/index.ts";
import { ticketErrors } from "./support-errors.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import {
  findFileHome,
  findMessages,
  findTicket,
  type Message,
  selectTickets,
  type Ticket,
  ticketOf,
} from "./ticket-repository.ts";
import type { TicketStatus } from "./ticket-rules.ts";
import { type PartnerMessage, type PartnerTicket, partnerMessageView, partnerView } from "./ticket-view.ts";

export type TicketFilters = PageRequest & {
  readonly status?: TicketStatus;
  readonly objectId?: string;
  readonly partnerId?: string;
  readonly assignedTo?: string;
};

/** Sorts of the lists of tickets. */
export const TICKET_SORTS = ["updatedAt", "-updatedAt", "openedAt", "-openedAt"] as const;

type Deps = Pick<TicketDeps, "db">;

/** The acting partner's tickets, the latest news first unless asked otherwise. */
export const getTickets =
  (deps: Deps) =>
  (ctx: Ctx, filters: Omit<TicketFilters, "partnerId" | "assignedTo">): Promise<Page<PartnerTicket>> => {
    requireScope(ctx, "own:support:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const page = await listTickets(tx, { ...filters, partnerId });
      return { ...page, data: page.data.map(partnerView) };
    });
  };

/** Every partner's tickets. */
export const findTickets =
  (deps: Deps) =>
  (ctx: Ctx, filters: TicketFilters): Promise<Page<Ticket>> => {
    requireScope(ctx, "support:read");
    return deps.db.read(ctx, (tx) => listTickets(tx, filters));
  };

async function listTickets(tx: ReadTx, filters: TicketFilters): Promise<Page<Ticket>> {
  let query = selectTickets(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.objectId !== undefined) query = query.where("object_id", "=", filters.objectId);
  if (filters.assignedTo !== undefined) query = query.where("assigned_to", "=", filters.assignedTo);
  const page = await selectPage(query, filters, {
    sorts: {
      updatedAt: { column: "updated_at", type: "timestamptz" },
      openedAt: { column: "opened_at", type: "timestamptz" },
    },
    defaultSort: "-updatedAt",
    idColumn: "id",
  });
  return { ...page, data: page.data.map(ticketOf) };
}

/** One of the acting partner's tickets with what was said, without the team's notes. */
export const getTicket =
  (deps: Deps) =>
  (ctx: Ctx, { ticketId }: { readonly ticketId: string }): Promise<PartnerTicket & { messages: PartnerMessage[] }> => {
    requireScope(ctx, "own:support:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const ticket = await findTicket(tx, ticketId);
      if (ticket?.partnerId !== partnerId) throw ticketErrors.not_found();
      const messages = await findMessages(tx, ticketId, false);
      return { ...partnerView(ticket), messages: messages.map(partnerMessageView) };
    });
  };

/** A ticket with all that was said and noted. */
export const getTicketFor =
  (deps: Deps) =>
  (ctx: Ctx, { ticketId }: { readonly ticketId: string }): Promise<Ticket & { messages: Message[] }> => {
    requireScope(ctx, "support:read");
    return deps.db.read(ctx, async (tx) => {
      const ticket = await findTicket(tx, ticketId);
      if (ticket === undefined) throw ticketErrors.not_found();
      return { ...ticket, messages: await findMessages(tx, ticketId, true) };
    });
  };

/** A file of one of the acting partner's tickets. A file of a note is as though it were not there. */
export const getTicketFile =
  (deps: Deps) =>
  (ctx: Ctx, { fileId }: { readonly fileId: string }): Promise<StoredFile> => {
    requireScope(ctx, "own:support:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const home = await findFileHome(tx, fileId);
      if (home?.partner_id !== partnerId || home.is_internal) throw fileErrors.not_found();
      return readFile(tx, fileId);
    });
  };

/** A file of any ticket. */
export const getTicketFileFor =
  (deps: Deps) =>
  (ctx: Ctx, { fileId }: { readonly fileId: string }): Promise<StoredFile> => {
    requireScope(ctx, "support:read");
    return deps.db.read(ctx, async (tx) => {
      // A file of something else is not read through tickets.
      if ((await findFileHome(tx, fileId)) === undefined) throw fileErrors.not_found();
      return readFile(tx, fileId);
    });
  };

async function readFile(tx: ReadTx, fileId: string): Promise<StoredFile> {
  const file = await findFile(tx, fileId);
  if (file === undefined) throw fileErrors.not_found();
  return file;
}
