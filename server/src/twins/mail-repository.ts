import { newId } from "../kernel/id.ts";
import { type Page, type PageRequest, type ReadTx, selectPage, type Tx } from "../platform/database/index.ts";
import type { Mail } from "../platform/mail/index.ts";

/** A mail that a twin would have sent. */
export type TestMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Names of its files. */
  readonly attachments: string[];
  readonly sentAt: Date;
};

export async function insertMail(tx: Tx, { to, subject, text, html, attachments = [] }: Mail): Promise<void> {
  await tx
    .insertInto("test_mails")
    .values({
      tenant_id: tx.ctx.tenantId,
      id: newId(),
      recipient: to,
      subject,
      body: text,
      html,
      attachments: attachments.map(({ filename }) => filename),
      sent_at: tx.ctx.now,
    })
    .execute();
}

/** Mails of the transaction's tenant, newest first unless asked otherwise. */
export async function findMails(
  tx: ReadTx,
  { recipient, ...page }: PageRequest & { readonly recipient?: string },
): Promise<Page<TestMail>> {
  let query = tx
    .selectFrom("test_mails")
    .select(["id", "recipient", "subject", "body", "html", "attachments", "sent_at"])
    .where("tenant_id", "=", tx.ctx.tenantId);
  if (recipient !== undefined) query = query.where("recipient", "=", recipient);
  const { data, nextCursor } = await selectPage(query, page, {
    sorts: { sentAt: { column: "sent_at", type: "timestamptz" } },
    defaultSort: "-sentAt",
    idColumn: "id",
  });
  return {
    nextCursor,
    data: data.map(({ id, recipient: to, subject, body: text, html, attachments, sent_at: sentAt }) => ({
      id,
      to,
      subject,
      text,
      html,
      attachments,
      sentAt,
    })),
  };
}

/** Deletes mails from before an instant. */
export async function forgetMails(tx: Tx, before: Date): Promise<void> {
  await tx.deleteFrom("test_mails").where("tenant_id", "=", tx.ctx.tenantId).where("sent_at", "<", before).execute();
}
