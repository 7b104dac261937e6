import { withoutIdempotency } from "../platform/context.ts";
import type { Database } from "../platform/database/index.ts";
import type { Mailer, MailServer } from "../platform/mail/index.ts";
import { findOwnMode } from "../tenants/index.ts";
import { insertMail } from "./mail-repository.ts";

/** Sends the mail of live tenants, and keeps that of twins in their mailboxes: it reaches no server. */
export const createTenantMailer = ({
  db,
  server,
}: {
  readonly db: Database;
  readonly server: Pick<MailServer, "send">;
}): Mailer => ({
  send: async (mail, ctx) => {
    const plain = withoutIdempotency(ctx);
    // Where the mode cannot be read nothing is sent: the job comes back.
    if ((await db.read(plain, findOwnMode)) === "live") return server.send(mail);
    await db.transaction(plain, (tx) => insertMail(tx, mail));
  },
});
