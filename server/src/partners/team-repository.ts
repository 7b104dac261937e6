import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { TeamRole } from "../platform/scopes.ts";

/** Roles that are given. The owner is whoever the partner is. */
export type MemberRole = Exclude<TeamRole, "owner">;
export const MEMBER_ROLES = ["manager", "finance", "viewer"] as const satisfies readonly MemberRole[];

/** Somebody who works for a partner, or was invited to. */
export type Member = Omit<Selectable<DB["partner_members"]>, "role"> & { readonly role: MemberRole };

/** The check of the table makes the cast true. */
const selectMembers = (tx: ReadTx) =>
  tx.selectFrom("partner_members").selectAll().where("tenant_id", "=", tx.ctx.tenantId).$narrowType<Member>();

export const findMembers = (tx: ReadTx, partnerIds: readonly string[]): Promise<Member[]> =>
  selectMembers(tx)
    .where(sql<boolean>`partner_id = any (${[...partnerIds]}::uuid[])`)
    .orderBy("invited_at")
    .orderBy("id")
    .execute();

/** Accounts of those who work for partners; the newest, where there are more than `limit`. */
export async function findMemberUsers(tx: ReadTx, partnerIds: readonly string[], limit: number): Promise<string[]> {
  const rows = await selectMembers(tx)
    .where(sql<boolean>`partner_id = any (${[...partnerIds]}::uuid[])`)
    .where("user_id", "is not", null)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap(({ user_id }) => user_id ?? []);
}

/** One, locked until the transaction ends: who joins and who is removed meet here. */
export const lockMember = (tx: Tx, by: { readonly id: string } | { readonly linkHash: Buffer }) =>
  ("id" in by ? selectMembers(tx).where("id", "=", by.id) : selectMembers(tx).where("link_hash", "=", by.linkHash))
    .forUpdate()
    .executeTakeFirst();

/** Whom a link that is good now was mailed to. */
export const findInvited = (tx: ReadTx, linkHash: Buffer): Promise<Member | undefined> =>
  selectMembers(tx).where("link_hash", "=", linkHash).where("link_expires_at", ">", tx.ctx.now).executeTakeFirst();

/** Counts a partner's team, which is locked until the transaction ends, so that two who count do not both add. */
export async function lockAndCountTeam(tx: Tx, partnerId: string): Promise<number> {
  const { tenantId } = tx.ctx;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`partner team ${tenantId} ${partnerId}`}, 0))`.execute(tx);
  return (await findMembers(tx, [partnerId])).length;
}

/** Adds somebody who was invited; undefined where the e-mail is on the team. */
export async function insertMember(
  tx: Tx,
  member: Pick<Member, "partner_id" | "email" | "role" | "invited_by">,
): Promise<Member | undefined> {
  const row = await tx
    .insertInto("partner_members")
    .values({ ...member, tenant_id: tx.ctx.tenantId, id: newId(), invited_at: tx.ctx.now })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id", "email"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  return row as Member | undefined;
}

export async function updateMember(
  tx: Tx,
  id: string,
  change: Partial<Pick<Member, "role" | "user_id" | "joined_at" | "link_hash" | "link_expires_at">>,
): Promise<void> {
  await tx
    .updateTable("partner_members")
    .set(change)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .execute();
}

/** Takes somebody off a team, or the whole team; the accounts of those who had joined. */
export async function deleteMembers(
  tx: Tx,
  which: { readonly id: string } | { readonly partnerId: string },
): Promise<string[]> {
  const of = tx.deleteFrom("partner_members").where("tenant_id", "=", tx.ctx.tenantId);
  const rows = await ("id" in which ? of.where("id", "=", which.id) : of.where("partner_id", "=", which.partnerId))
    .returning("user_id")
    .execute();
  return rows.flatMap(({ user_id }) => user_id ?? []);
}
