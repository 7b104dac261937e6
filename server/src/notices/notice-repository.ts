import { sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Delivery, Rhythm } from "./notice-catalogue.ts";
import type { Facts } from "./notice-facts.ts";
import type { DigestPeriod } from "./notice-rules.ts";

export type NewNotice = {
  readonly eventId: string;
  readonly userId: string;
  readonly kind: string;
  readonly delivery: Exclude<Delivery, "off">;
  readonly facts: Facts;
  /** Below the address of the portal. */
  readonly path: string;
  readonly occurredAt: Date;
};

/** Writes down what is to be told, once for an event; returns what was new. */
export async function insertNotices(
  tx: Tx,
  notices: readonly NewNotice[],
): Promise<{ readonly id: string; readonly delivery: string }[]> {
  if (notices.length === 0) return [];
  const { rows } = await sql<{ id: string; delivery: string }>`
    insert into notices (tenant_id, id, event_id, user_id, kind, delivery, facts, path, occurred_at)
    select ${tx.ctx.tenantId}, n.*
      from unnest(
        ${notices.map(() => newId())}::uuid[],
        ${notices.map(({ eventId }) => eventId)}::uuid[],
        ${notices.map(({ userId }) => userId)}::uuid[],
        ${notices.map(({ kind }) => kind)}::text[],
        ${notices.map(({ delivery }) => delivery)}::text[],
        ${notices.map(({ facts }) => JSON.stringify(facts))}::jsonb[],
        ${notices.map(({ path }) => path)}::text[],
        ${notices.map(({ occurredAt }) => occurredAt)}::timestamptz[]
      ) as n
        on conflict (tenant_id, event_id) do nothing
    returning id, delivery`.execute(tx);
  return rows;
}

export type NoticeRow = {
  readonly id: string;
  readonly user_id: string;
  readonly kind: string;
  readonly facts: Facts;
  /** Null of what an earlier release has kept. */
  readonly path: string | null;
  readonly sent_at: Date | null;
};

export async function findNotice(tx: ReadTx, id: string): Promise<NoticeRow | undefined> {
  const { rows } = await sql<NoticeRow>`
    select id, user_id, kind, facts, path, sent_at from notices where tenant_id = ${tx.ctx.tenantId} and id = ${id}`.execute(
    tx,
  );
  return rows[0];
}

export const markNoticeSent = (tx: Tx, id: string) =>
  sql`update notices set sent_at = ${tx.ctx.now} where tenant_id = ${tx.ctx.tenantId} and id = ${id} and sent_at is null`.execute(
    tx,
  );

/** People for whom something waits that a digest of the period tells, and who have none of it yet. */
export async function findWaiting(
  tx: ReadTx,
  { rhythm, day, before, limit }: DigestPeriod & { readonly rhythm: Rhythm; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select distinct n.user_id
      from notices n
     where n.tenant_id = ${tx.ctx.tenantId} and n.delivery = ${rhythm} and n.delivery <> 'at_once' and n.digest_id is null
       and n.occurred_at < ${before}
       and not exists (
             select from notice_digests d
              where d.tenant_id = n.tenant_id and d.user_id = n.user_id and d.rhythm = ${rhythm} and d.day = ${day}::date)
     order by n.user_id
     limit ${limit}`.execute(tx);
  return rows.map((row) => row.user_id);
}

/** Makes digests and puts into each what waits for it. Of two workers one makes it; returns the ids of what was made here. */
export async function insertDigests(
  tx: Tx,
  { rhythm, day, before, userIds }: DigestPeriod & { readonly rhythm: Rhythm; readonly userIds: readonly string[] },
): Promise<string[]> {
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<{ id: string }>`
    insert into notice_digests (tenant_id, id, user_id, rhythm, day, created_at)
    select ${tenantId}, d.id, d.user_id, ${rhythm}, ${day}::date, ${now}
      from unnest(${userIds.map(() => newId())}::uuid[], ${[...userIds]}::uuid[]) as d (id, user_id)
     order by d.user_id
        on conflict (tenant_id, user_id, rhythm, day) do nothing
    returning id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await sql`
    update notices n
       set digest_id = d.id
      from notice_digests d
     where d.tenant_id = ${tenantId} and d.id = any (${ids}::uuid[])
       and n.tenant_id = d.tenant_id and n.user_id = d.user_id and n.delivery = ${rhythm} and n.delivery <> 'at_once'
       and n.digest_id is null and n.occurred_at < ${before}`.execute(tx);
  return ids;
}

export type DigestRow = {
  readonly id: string;
  readonly user_id: string;
  readonly rhythm: Rhythm;
  readonly sent_at: Date | null;
};

export async function findDigest(tx: ReadTx, id: string): Promise<DigestRow | undefined> {
  const { rows } = await sql<DigestRow>`
    select id, user_id, rhythm, sent_at from notice_digests where tenant_id = ${tx.ctx.tenantId} and id = ${id}`.execute(
    tx,
  );
  return rows[0];
}

/** What a digest tells, oldest first and no more than `limit`, and how much there is in all. */
export async function findDigestNotices(
  tx: ReadTx,
  { digestId, limit }: { readonly digestId: string; readonly limit: number },
): Promise<{ readonly notices: readonly NoticeRow[]; readonly count: number }> {
  const { rows } = await sql<NoticeRow & { total: bigint }>`
    select id, user_id, kind, facts, path, sent_at, count(*) over () as total
      from notices
     where tenant_id = ${tx.ctx.tenantId} and digest_id = ${digestId}
     order by occurred_at, id
     limit ${limit}`.execute(tx);
  return { notices: rows, count: Number(rows[0]?.total ?? 0) };
}

export const markDigestSent = (tx: Tx, id: string) =>
  sql`update notice_digests set sent_at = ${tx.ctx.now} where tenant_id = ${tx.ctx.tenantId} and id = ${id} and sent_at is null`.execute(
    tx,
  );

/** Deletes notices of before, and the digests that told them; returns how many notices. */
export async function deleteNotices(
  tx: Tx,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<number> {
  const { rows } = await sql`
    delete from notices
     where (tenant_id, id) in (
             select tenant_id, id from notices where tenant_id = ${tx.ctx.tenantId} and occurred_at < ${before}
              order by occurred_at limit ${limit})
    returning id`.execute(tx);
  return rows.length;
}

export const deleteDigests = (tx: Tx, before: Date) =>
  sql`
    delete from notice_digests d
     where d.tenant_id = ${tx.ctx.tenantId} and d.created_at < ${before}
       and not exists (select from notices n where n.tenant_id = d.tenant_id and n.digest_id = d.id)`.execute(tx);
