import type { Selectable } from "kysely";
import { newId } from "../kernel/id.ts";
import { type DB, type ReadTx, type Tx, violatedConstraint } from "../platform/database/index.ts";
import type { Tier } from "../programs/index.ts";
import type { Eligibility } from "./eligibility.ts";
import { partnerErrors } from "./partner-errors.ts";

export const TIER_CHANGE_STATUSES = ["requested", "approved", "rejected"] as const;

/** A request for another tier, and what became of it. */
export type TierChange = {
  readonly id: string;
  readonly partnerId: string;
  readonly fromTier: Tier;
  readonly toTier: Tier;
  readonly status: (typeof TIER_CHANGE_STATUSES)[number];
  /** As it stood when it was asked for. */
  readonly eligibility: Eligibility;
  readonly reason: string | null;
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
};

const COLUMNS = [
  "id",
  "partner_id",
  "from_tier",
  "to_tier",
  "status",
  "eligibility",
  "reason",
  "requested_at",
  "decided_at",
] as const;

type TierChangeRow = Pick<Selectable<DB["partner_tier_changes"]>, (typeof COLUMNS)[number]>;

/** The checks on status and tier, and that this module alone writes eligibility, make the casts true. */
export const tierChangeOf = (row: TierChangeRow): TierChange => ({
  id: row.id,
  partnerId: row.partner_id,
  fromTier: row.from_tier as Tier,
  toTier: row.to_tier as Tier,
  status: row.status as TierChange["status"],
  eligibility: row.eligibility as unknown as Eligibility,
  reason: row.reason,
  requestedAt: row.requested_at,
  decidedAt: row.decided_at,
});

/** The base of every read of requests; callers add filters. */
export const selectTierChanges = (tx: ReadTx) =>
  tx.selectFrom("partner_tier_changes").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

export async function findTierChange(tx: ReadTx, id: string): Promise<TierChange | undefined> {
  const row = await selectTierChanges(tx).where("id", "=", id).executeTakeFirst();
  return row && tierChangeOf(row);
}

export async function findOpenTierChange(tx: ReadTx, partnerId: string): Promise<TierChange | undefined> {
  const row = await selectTierChanges(tx)
    .where("partner_id", "=", partnerId)
    .where("status", "=", "requested")
    .executeTakeFirst();
  return row && tierChangeOf(row);
}

/** Keeps a request. Throws `partner.upgrade_open`: a partner has one that waits. */
export async function insertTierChange(
  tx: Tx,
  change: Pick<TierChange, "partnerId" | "fromTier" | "toTier" | "eligibility">,
): Promise<TierChange> {
  try {
    const row = await tx
      .insertInto("partner_tier_changes")
      .values({
        tenant_id: tx.ctx.tenantId,
        id: newId(),
        partner_id: change.partnerId,
        from_tier: change.fromTier,
        to_tier: change.toTier,
        eligibility: JSON.stringify(change.eligibility),
        requested_at: tx.ctx.now,
      })
      .returning(COLUMNS)
      .executeTakeFirstOrThrow();
    return tierChangeOf(row);
  } catch (error) {
    if (violatedConstraint(error) === "partner_tier_changes_one_open_index") throw partnerErrors.upgrade_open();
    throw error;
  }
}

/** Decides a request; undefined where it has been decided. */
export async function decideTierChange(
  tx: Tx,
  id: string,
  decision: {
    readonly status: "approved" | "rejected";
    readonly reason: string | null;
    readonly decidedBy: string | null;
  },
): Promise<TierChange | undefined> {
  const row = await tx
    .updateTable("partner_tier_changes")
    .set({ status: decision.status, reason: decision.reason, decided_at: tx.ctx.now, decided_by: decision.decidedBy })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "requested")
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && tierChangeOf(row);
}
