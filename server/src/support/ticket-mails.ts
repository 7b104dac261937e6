import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { enqueue } from "../platform/jobs/index.ts";
import { say } from "../platform/language/index.ts";
import { composeMail } from "../platform/mail/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { findMessages, findTicket, type Message, type Ticket } from "./ticket-repository.ts";

/** The job that tells one person of one message. Its payload holds ids: what is secret or personal is read when the mail is made. */
export const TELL_MESSAGE_JOB = "support.tell_message";

/** `userId` is of the team; null is the partner. */
export type MessageNotice = { readonly ticketId: string; readonly messageId: string; readonly userId: string | null };

/** Has the other side told after commit: the partner, or whoever of the team has the ticket, or all who answer tickets. */
export async function tellOfMessage(deps: TicketDeps, tx: Tx, ticket: Ticket, message: Message): Promise<void> {
  for (const userId of message.author === "operator" ? [null] : await deskOf(deps, tx, ticket))
    await enqueue(tx, TELL_MESSAGE_JOB, { ticketId: ticket.id, messageId: message.id, userId } satisfies MessageNotice);
}

async function deskOf({ people }: TicketDeps, tx: Tx, { assignedTo }: Ticket): Promise<string[]> {
  const members = await people.findTeam(tx);
  const assignee = members.filter(({ id }) => id === assignedTo);
  const told = assignee.length > 0 ? assignee : members.filter(({ role }) => role !== "finance");
  return told.map(({ id }) => id);
}

/** Mails a message with a link back; nothing where who should have it has left meanwhile. */
export const sendMessageMail =
  (deps: TicketDeps) =>
  async (ctx: Ctx, { ticketId, messageId, userId }: MessageNotice): Promise<void> => {
    const mail = await deps.db.read(ctx, async (tx) => {
      const ticket = await findTicket(tx, ticketId);
      // Notes of the team are not among these.
      const message = (await findMessages(tx, ticketId, false)).find(({ id }) => id === messageId);
      if (ticket === undefined || message === undefined) return undefined;
      const to =
        userId === null
          ? await deps.partners.contactOf(tx, ticket.partnerId)
          : (await deps.people.findTeam(tx)).find(({ id }) => id === userId);
      if (to === undefined) return undefined;
      const { language } = to;
      const { name, url, look } = await findOwnTenant(tx, deps.publicUrl);
      const shown = userId === null ? await deps.partnerLook(tx, ticket.partnerId) : look;
      const { files } = message;
      return composeMail(
        to,
        {
          subject: `${ticket.subject} (${name})`,
          lines: [
            ...message.body
              .split(/\s*\n\s*/)
              .filter((line) => line !== "")
              .map((quoted) => ({ quoted })),
            ...(files.length === 0
              ? []
              : [say(language, "ticket.files", { files: files.map((file) => file.name).join(", ") })]),
          ],
          button: { label: say(language, "ticket.button"), url: `${url}/portal/support?open=${ticket.id}` },
          small: say(language, "ticket.small"),
        },
        shown,
      );
    });
    if (mail) await deps.mailer.send(mail, ctx);
  };
