import { newId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { type CleanFile, checkFile, insertFiles, type SentFile } from "../platform/files/index.ts";
import { requireAllowed } from "../platform/rate-limit/index.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { insertMessage, type Message } from "./ticket-repository.ts";
import type { TicketSide } from "./ticket-rules.ts";

/** What somebody writes into a ticket. */
export type Words = { readonly message: string; readonly files?: readonly SentFile[] | undefined };

/** Counts a message of a partner before anything of it is read: it cannot fill the database. Throws `request.rate_limited`. */
export const countMessage = async ({ limits }: TicketDeps, { tenantId }: Ctx, partnerId: string): Promise<void> =>
  requireAllowed(await limits.consume("ticket_messages", `${tenantId}:${partnerId}`));

/** Outside the transaction: what the files are. Throws `file.*`. */
export const checkFiles = (files: readonly SentFile[] = []): Promise<CleanFile[]> =>
  Promise.all(files.map((file, place) => checkFile(file, `files.${place}`)));

/** Joins a transaction: keeps a message and its files. */
export async function writeMessage(
  tx: Tx,
  ticketId: string,
  said: {
    readonly author: TicketSide;
    readonly isInternal: boolean;
    readonly body: string;
    readonly files: readonly CleanFile[];
  },
): Promise<Message> {
  const { actor, now } = tx.ctx;
  const message: Message = {
    id: newId(),
    author: said.author,
    authorId: actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null,
    isInternal: said.isInternal,
    body: said.body,
    sentAt: now,
    files: await insertFiles(tx, said.files),
  };
  await insertMessage(tx, ticketId, message);
  return message;
}
