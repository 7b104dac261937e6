import { type Selectable, sql } from "kysely";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { SubIds } from "./click-rules.ts";

export type Link = {
  readonly id: string;
  readonly partnerId: string;
  readonly code: string;
  readonly campaign: string | null;
  /** Null: wherever the programme leads at the time of the click. */
  readonly destinationUrl: string | null;
  readonly subIds: SubIds;
  readonly isDefault: boolean;
  readonly status: "active" | "archived";
  readonly createdAt: Date;
};

export type LinkTableRow = Selectable<DB["referral_links"]>;

/** The check constraint makes the cast of the status true; `sub_ids` is written by this module alone. */
export const toLink = (row: LinkTableRow): Link => ({
  id: row.id,
  partnerId: row.partner_id,
  code: row.code,
  campaign: row.campaign,
  destinationUrl: row.destination_url,
  subIds: row.sub_ids as SubIds,
  isDefault: row.is_default,
  status: row.status as Link["status"],
  createdAt: row.created_at,
});

export const selectLinks = (tx: ReadTx) =>
  tx.selectFrom("referral_links").selectAll().where("tenant_id", "=", tx.ctx.tenantId);

export async function findLinkById(tx: ReadTx, id: string): Promise<Link | undefined> {
  const row = await selectLinks(tx).where("id", "=", id).executeTakeFirst();
  return row && toLink(row);
}

/** Links by code. */
export async function findLinksByCode(tx: ReadTx, codes: readonly string[]): Promise<ReadonlyMap<string, Link>> {
  const { rows } = await sql<LinkTableRow>`
    select *
      from referral_links
     where tenant_id = ${tx.ctx.tenantId}
       and code = any (${codes}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.code, toLink(row)]));
}

/** Which of some codes are in use: asked where a partner is given its own. */
export async function findTakenCodes(tx: ReadTx, codes: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await findLinksByCode(tx, codes)).keys());
}

/** Links by id. */
export async function findLinksByIds(tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, Link>> {
  const { rows } = await sql<LinkTableRow>`
    select *
      from referral_links
     where tenant_id = ${tx.ctx.tenantId}
       and id = any (${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, toLink(row)]));
}

/** How many links of a partner are in use. */
export async function countActiveLinks(tx: ReadTx, partnerId: string): Promise<bigint> {
  const { count } = await tx
    .selectFrom("referral_links")
    .select((row) => row.fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("status", "=", "active")
    .executeTakeFirstOrThrow();
  return count;
}

/** Adds links whose code is free, and returns the codes that it added. */
export async function insertLinks(tx: Tx, links: readonly Link[]): Promise<ReadonlySet<string>> {
  // In one order, so that two batches that share a code wait for each other in a line and not in a circle.
  const rows = links.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const { rows: inserted } = await sql<{ code: string }>`
    insert into referral_links (tenant_id, id, partner_id, code, campaign, destination_url, sub_ids, is_default, status, created_at)
    select ${tx.ctx.tenantId}, l.id, l.partner_id, l.code, l.campaign, l.destination_url, l.sub_ids, l.is_default, 'active', l.created_at
      from unnest(
             ${rows.map((link) => link.id)}::uuid[],
             ${rows.map((link) => link.partnerId)}::uuid[],
             ${rows.map((link) => link.code)}::text[],
             ${rows.map((link) => link.campaign)}::text[],
             ${rows.map((link) => link.destinationUrl)}::text[],
             ${rows.map((link) => JSON.stringify(link.subIds))}::jsonb[],
             ${rows.map((link) => link.isDefault)}::boolean[],
             ${rows.map((link) => link.createdAt.toISOString())}::timestamptz[]
           ) as l (id, partner_id, code, campaign, destination_url, sub_ids, is_default, created_at)
        on conflict (tenant_id, code) do nothing
    returning code`.execute(tx);
  return new Set(inserted.map((row) => row.code));
}

/** Archives a partner's active link that is not its default; undefined where there is none such. */
export async function archiveLinkRow(
  tx: Tx,
  of: { readonly id: string; readonly partnerId: string },
): Promise<Link | undefined> {
  const { rows } = await sql<LinkTableRow>`
    update referral_links
       set status = 'archived'
     where tenant_id = ${tx.ctx.tenantId}
       and id = ${of.id}
       and partner_id = ${of.partnerId}
       and status = 'active'
       and not is_default
    returning *`.execute(tx);
  return rows[0] && toLink(rows[0]);
}

/** Makes the link of each partner's own code its default and only default. An earlier code goes on leading, as a link like any other. */
export async function setDefaultLinks(
  tx: Tx,
  partners: readonly { readonly id: string; readonly referralCode: string }[],
): Promise<void> {
  await sql`
    update referral_links l
       set is_default = (l.code = p.code), status = case when l.code = p.code then 'active' else l.status end
      from unnest(
             ${partners.map((partner) => partner.id)}::uuid[],
             ${partners.map((partner) => partner.referralCode)}::text[]
           ) as p (id, code)
     where l.tenant_id = ${tx.ctx.tenantId}
       and l.partner_id = p.id
       and (l.is_default or l.code = p.code)`.execute(tx);
}
