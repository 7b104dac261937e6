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

/** What a count found: a review that is new, one that says something else than before, or one that says the same. */
export type CountedReview = { readonly review: TierReview; readonly news: "opened" | "recounted" | undefined };

/** Opens a review, or counts the open one anew. Two at once open one; undefined for whoever came second. */
export async function countReview(tx: Tx, counted: Counted): Promise<CountedReview | undefined> {
  const { tenantId, now } = tx.ctx;
  const { partnerId, tier, minimum, days } = counted;
  const open = selectTierReviews(tx).where("partner_id", "=", partnerId).where("status", "=", "open");
  const former = await open.forUpdate().executeTakeFirst();
  if (former === undefined) {
    const opened = await tx
      .insertInto("partner_tier_reviews")
      .values({
        tenant_id: tenantId,
        id: newId(),
        partner_id: partnerId,
        tier,
        minimum,
        days,
        counted: counted.counted,
        opened_at: now,
        reviewed_at: now,
      })
      .onConflict((one) => one.columns(["tenant_id", "partner_id"]).where("status", "=", "open").doNothing())
      .returning(COLUMNS)
      .executeTakeFirst();
    return opened && { review: tierReviewOf(opened), news: "opened" };
  }
  const row = await tx
    .updateTable("partner_tier_reviews")
    .set({ tier, minimum, days, counted: counted.counted, reviewed_at: now })
    .where("tenant_id", "=", tenantId)
    .where("id", "=", former.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  const isSame = ASKED.every((name) => row[name] === former[name]);
  return { review: tierReviewOf(row), news: isSame ? undefined : "recounted" };
}

const ASKED = ["tier", "minimum", "days", "counted"] as const;

/** Closes the open reviews of partners: those who meet their tier again, and those of whom it asks nothing. */
export async function closeReviews(
  tx: Tx,
  partnerIds: readonly string[],
  status: "met" | "moot",
): Promise<readonly TierReview[]> {
  if (partnerIds.length === 0) return [];
  const { tenantId, now } = tx.ctx;
  const rows = await tx
    .updateTable("partner_tier_reviews")
    .set({ status, closed_at: now, reviewed_at: now })
    .where("tenant_id", "=", tenantId)
    .where("partner_id", "in", [...partnerIds])
    .where("status", "=", "open")
    .returning(COLUMNS)
    .execute();
  return rows.map(tierReviewOf);
}

/** Partners with an open review that are not active: nothing is asked of them. */
export async function findInactiveUnderReview(tx: ReadTx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from partner_tier_reviews r join partners p on (p.tenant_id, p.id) = (r.tenant_id, r.partner_id)
     where r.tenant_id = ${tx.ctx.tenantId} and r.status = 'open' and p.status <> 'active'`.execute(tx);
  return rows.map(({ id }) => id);
}
