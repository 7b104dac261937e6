import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";

export type Invitation = { readonly id: string; readonly email: string; readonly createdAt: Date };
type InvitationRow = { id: string; email: string; created_at: Date };

export const invitationOf = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  createdAt: row.created_at,
});

export const selectInvitations = (tx: ReadTx) =>
  tx.selectFrom("partner_invitations").select(["id", "email", "created_at"]).where("tenant_id", "=", tx.ctx.tenantId);

/** The invitation of an e-mail. */
export async function findInvitationOf(tx: ReadTx, email: string): Promise<Invitation | undefined> {
  const row = await selectInvitations(tx).where("email", "=", email).executeTakeFirst();
  return row && invitationOf(row);
}

export async function findInvitation(tx: ReadTx, id: string): Promise<Invitation | undefined> {
  const row = await selectInvitations(tx).where("id", "=", id).executeTakeFirst();
  return row && invitationOf(row);
}

/** Adds invitations of e-mails that have none; returns those that it added. */
export async function insertInvitations(tx: Tx, emails: readonly string[]): Promise<Invitation[]> {
  const { rows } = await sql<InvitationRow>`
    insert into partner_invitations (tenant_id, id, email, created_at)
    select ${tx.ctx.tenantId}, i.id, i.email, ${tx.ctx.now}
      from unnest(${emails.map(() => newId())}::uuid[], ${[...emails]}::text[]) as i (id, email)
     order by i.email
        on conflict on constraint partner_invitations_email_unique do nothing
    returning id, email, created_at`.execute(tx);
  return rows.map(invitationOf);
}

/** Takes an invitation back; whether there was one. */
export async function deleteInvitation(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .deleteFrom("partner_invitations")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
