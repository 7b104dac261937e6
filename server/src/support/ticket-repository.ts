import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import { type FileFacts, findFileFacts } from "../platform/files/index.ts";
import type { TicketObject, TicketSide, TicketStatus } from "./ticket-rules.ts";

export type Ticket = {
  readonly id: string;
  readonly partnerId: string;
  readonly subject: string;
  readonly status: TicketStatus;
  readonly object: { readonly type: TicketObject; readonly id: string } | null;
  readonly assignedTo: string | null;
  readonly openedAt: Date;
  readonly updatedAt: Date;
  readonly solvedAt: Date | null;
  readonly closedAt: Date | null;
};

export type Message = {
  readonly id: string;
  readonly author: TicketSide;
  readonly authorId: string | null;
  readonly isInternal: boolean;
  readonly body: string;
  readonly sentAt: Date;
  readonly files: FileFacts[];
};

/** The check constraints make the casts true. */
export const ticketOf = (row: Selectable<DB["support_tickets"]>): Ticket => ({
  id: row.id,
  partnerId: row.partner_id,
  subject: row.subject,
  status: row.status as TicketStatus,
  object:
    row.object_type === null || row.object_id === null
      ? null
      : { type: row.object_type as TicketObject, id: row.object_id },
  assignedTo: row.assigned_to,
  openedAt: row.opened_at,
  updatedAt: row.updated_at,
  solvedAt: row.solved_at,
  closedAt: row.closed_at,
});

export const selectTickets = (tx: ReadTx) =>
  tx.selectFrom("support_tickets").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findTicket(tx: ReadTx, id: string): Promise<Ticket | undefined> {
  const row = await selectTickets(tx).where("id", "=", id).executeTakeFirst();
  return row && ticketOf(row);
}

/** The same, locked: messages and moves of one ticket happen one after another. */
export async function lockTicket(tx: Tx, id: string): Promise<Ticket | undefined> {
  const row = await selectTickets(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && ticketOf(row);
}

export async function insertTicket(tx: Tx, ticket: Ticket): Promise<void> {
  await tx
    .insertInto("support_tickets")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: ticket.id,
      partner_id: ticket.partnerId,
      subject: ticket.subject,
      status: ticket.status,
      object_type: ticket.object?.type ?? null,
      object_id: ticket.object?.id ?? null,
      assigned_to: ticket.assignedTo,
      opened_at: ticket.openedAt,
      updated_at: ticket.updatedAt,
    })
    .execute();
}

/** Writes what may change of a ticket that the caller has locked. */
export async function updateTicket(tx: Tx, ticket: Ticket): Promise<void> {
  await tx
    .updateTable("support_tickets")
    .set({
      status: ticket.status,
      assigned_to: ticket.assignedTo,
      updated_at: ticket.updatedAt,
      solved_at: ticket.solvedAt,
      closed_at: ticket.closedAt,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", ticket.id)
    .execute();
}

export async function insertMessage(tx: Tx, ticketId: string, message: Message): Promise<void> {
  const { tenantId } = tx.ctx;
  await tx
    .insertInto("support_messages")
    .values({
      tenant_id: tenantId,
      id: message.id,
      ticket_id: ticketId,
      author: message.author,
      author_id: message.authorId,
      is_internal: message.isInternal,
      body: message.body,
      sent_at: message.sentAt,
    })
    .execute();
  if (message.files.length === 0) return;
  await tx
    .insertInto("support_message_files")
    .values(message.files.map(({ id }) => ({ tenant_id: tenantId, message_id: message.id, file_id: id })))
    .execute();
}

/** Much longer than any conversation: what is older is not shown. */
const MESSAGES_SHOWN_MAX = 500;

/** The latest messages of a ticket with their files, oldest first. Notes of the team only where they are asked for. */
export async function findMessages(tx: ReadTx, ticketId: string, withInternal: boolean): Promise<Message[]> {
  const rows = await tx
    .selectFrom("support_messages")
    .selectAll()
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("ticket_id", "=", ticketId)
    .where("is_internal", "in", withInternal ? [true, false] : [false])
    .orderBy("sent_at", "desc")
    .orderBy("id", "desc")
    .limit(MESSAGES_SHOWN_MAX)
    .execute();
  const files = await findFilesOf(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.reverse().map((row) => ({
    id: row.id,
    author: row.author as TicketSide,
    authorId: row.author_id,
    isInternal: row.is_internal,
    body: row.body,
    sentAt: row.sent_at,
    files: files.get(row.id) ?? [],
  }));
}

async function findFilesOf(tx: ReadTx, messageIds: readonly string[]): Promise<Map<string, FileFacts[]>> {
  if (messageIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("support_message_files")
    .select(["message_id", "file_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("message_id", "=", sql<string>`any (${[...messageIds]}::uuid[])`)
    .orderBy("file_id")
    .execute();
  const facts = await findFileFacts(
    tx,
    rows.map(({ file_id }) => file_id),
  );
  const found = new Map<string, FileFacts[]>();
  for (const { message_id, file_id } of rows) {
    const file = facts.get(file_id);
    if (file !== undefined) found.set(message_id, [...(found.get(message_id) ?? []), file]);
  }
  return found;
}

/** Whose ticket a file came with, and whether with a note of the team. */
export const findFileHome = (tx: ReadTx, fileId: string) =>
  tx
    .selectFrom("support_message_files as f")
    .innerJoin("support_messages as m", (join) =>
      join.onRef("m.tenant_id", "=", "f.tenant_id").onRef("m.id", "=", "f.message_id"),
    )
    .innerJoin("support_tickets as t", (join) =>
      join.onRef("t.tenant_id", "=", "m.tenant_id").onRef("t.id", "=", "m.ticket_id"),
    )
    .select(["t.partner_id", "m.is_internal"])
    .where("f.tenant_id", "=", tx.ctx.tenantId)
    .where("f.file_id", "=", fileId)
    .executeTakeFirst();
