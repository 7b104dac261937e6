import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { Tier } from "../programs/index.ts";

export const TIER_REVIEW_STATUSES = ["open", "met", "moot", "kept", "moved"] as const;

/** A partner that brought fewer customers than its tier asks for. */
export type TierReview = {
  readonly id: string;
  readonly partnerId: string;
  readonly tier: Tier;
  readonly minimum: number;
  readonly days: number;
  readonly counted: number;
  readonly status: (typeof TIER_REVIEW_STATUSES)[number];
  readonly openedAt: Date;
  readonly reviewedAt: Date;
  readonly closedAt: Date | null;
  /** Where a person has decided: the partner's tier since then. */
  readonly toTier: Tier | null;
  readonly reason: string | null;
};

const COLUMNS = [
  "id",
  "partner_id",
  "tier",
  "minimum",
  "days",
  "counted",
  "status",
  "opened_at",
  "reviewed_at",
  "closed_at",
  "to_tier",
  "reason",
] as const;
type TierReviewRow = Pick<Selectable<DB["partner_tier_reviews"]>, (typeof COLUMNS)[number]>;

/** The checks on tier and status make the casts true. */
export const tierReviewOf = (row: TierReviewRow): TierReview => ({
  id: row.id,
  partnerId: row.partner_id,
  tier: row.tier as Tier,
  minimum: row.minimum,
  days: row.days,
  counted: row.counted,
  status: row.status as TierReview["status"],
  openedAt: row.opened_at,
  reviewedAt: row.reviewed_at,
  closedAt: row.closed_at,
  toTier: row.to_tier as Tier | null,
  reason: row.reason,
});

/** The base of every read of reviews; callers add filters. */
export const selectTierReviews = (tx: ReadTx) =>
  tx.selectFrom("partner_tier_reviews").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findTierReview(tx: ReadTx, id: string): Promise<TierReview | undefined> {
  const row = await selectTierReviews(tx).where("id", "=", id).executeTakeFirst();
  return row && tierReviewOf(row);
}

/** Decides a review; undefined where it is open no more. */
export async function decideTierReview(
  tx: Tx,
  id: string,
  { status, toTier, reason }: { readonly status: "kept" | "moved"; readonly toTier: Tier; readonly reason: string },
): Promise<TierReview | undefined> {
  const { tenantId, now, actor } = tx.ctx;
  const row = await tx
    .updateTable("partner_tier_reviews")
    .set({
      status,
      to_tier: toTier,
      reason,
      decided_by: actor.type === "user" ? actor.userId : null,
      closed_at: now,
    })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .where("status", "=", "open")
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && tierReviewOf(row);
}

/** Active partners after one, by id, each with the moment from which it has been in its tier, or was last kept in it. */
export async function findTenures(
  tx: ReadTx,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<{ readonly partnerId: string; readonly since: Date }[]> {
  const { rows } = await sql<{ partnerId: string; since: Date }>`
    select p.id as "partnerId", greatest(coalesce(p.approved_at, p.created_at), c.decided_at, r.closed_at) as since
      from partners p
      left join lateral (
           select max(closed_at) as closed_at from partner_tier_reviews
            where tenant_id = p.tenant_id and partner_id = p.id and to_tier = p.tier) r on true
      left join lateral (
           select max(decided_at) as decided_at from partner_tier_changes
            where tenant_id = p.tenant_id and partner_id = p.id and status = 'approved' and to_tier = p.tier) c on true
     where p.tenant_id = ${tx.ctx.tenantId} and p.status = 'active' and p.id > ${after === "" ? NIL : after}::uuid
     order by p.id
     limit ${limit}`.execute(tx);
  return rows;
}

const NIL = "00000000-0000-0000-0000-000000000000";

type Counted = Pick<TierReview, "partnerId" | "tier" | "minimum" | "days" | "counted">;

/** Opens a review, or counts the open one anew; says whether it is new. Two at once open one. */
export async function openReview(tx: Tx, { partnerId, tier, minimum, days, counted }: Counted): Promise<boolean> {
  const { tenantId, now } = tx.ctx;
  const { rows } = await sql<{ isNew: boolean }>`
    insert into partner_tier_reviews (tenant_id, id, partner_id, tier, minimum, days, counted, opened_at, reviewed_at)
    values (${tenantId}, ${newId()}, ${partnerId}, ${tier}, ${minimum}, ${days}, ${counted}, ${now}, ${now})
    on conflict (tenant_id, partner_id) where status = 'open' do update
       set tier = excluded.tier, minimum = excluded.minimum, days = excluded.days, counted = excluded.counted, reviewed_at = excluded.reviewed_at
    returning xmax = 0 as "isNew"`.execute(tx);
  return rows[0]?.isNew ?? false;
}

/** Closes the open reviews of partners: those who meet their tier again, and those of whom it asks nothing. */
export async function closeReviews(
  tx: Tx,
  partnerIds: readonly string[],
  status: "met" | "moot",
): Promise<readonly string[]> {
  if (partnerIds.length === 0) return [];
  const { rows } = await sql<{ partnerId: string }>`
    update partner_tier_reviews set status = ${status}, closed_at = ${tx.ctx.now}, reviewed_at = ${tx.ctx.now}
     where tenant_id = ${tx.ctx.tenantId} and partner_id = any (${[...partnerIds]}::uuid[]) and status = 'open'
    returning partner_id as "partnerId"`.execute(tx);
  return rows.map(({ partnerId }) => partnerId);
}

/** Partners with an open review that are not active: nothing is asked of them. */
export async function findInactiveUnderReview(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from partner_tier_reviews r join partners p on (p.tenant_id, p.id) = (r.tenant_id, r.partner_id)
     where r.tenant_id = ${tx.ctx.tenantId} and r.status = 'open' and p.status <> 'active'`.execute(tx);
  return rows.map(({ id }) => id);
}
