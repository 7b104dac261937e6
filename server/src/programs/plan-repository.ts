import { type Selectable, sql } from "kysely";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { DB, ReadTx, Tx } from "../platform/database/index.ts";
import type { PlanDocument } from "./plan-schema.ts";
import { planErrors } from "./program-errors.ts";

type Tiers = PlanDocument["tiers"];

/** A version of the commission plan: a draft, or published and then never edited. */
export type PlanVersion = {
  readonly id: string;
  readonly version: number | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly tiers: Tiers;
  readonly effectiveFrom: Date | null;
  readonly isRetroactive: boolean;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
};

export type PublishedVersion = PlanVersion & { readonly version: number };

type PlanRow = Omit<Selectable<DB["commission_plans"]>, "tenant_id" | "program_id" | "status">;

const COLUMNS = [
  "id",
  "version",
  "currency",
  "time_zone",
  "tiers",
  "effective_from",
  "is_retroactive",
  "created_at",
  "published_at",
] as const;

/** Only documents that were read as plans are stored. */
const tiersOf = (stored: unknown): Tiers => stored as Tiers;

export const planOf = (row: PlanRow): PlanVersion => ({
  id: row.id,
  version: row.version,
  currency: row.currency,
  timeZone: row.time_zone,
  tiers: tiersOf(row.tiers),
  effectiveFrom: row.effective_from,
  isRetroactive: row.is_retroactive,
  createdAt: row.created_at,
  publishedAt: row.published_at,
});

export const isPublished = (plan: PlanVersion): plan is PublishedVersion => plan.version !== null;

/** The base of every read of plans; callers add filters. */
export const selectPlans = (tx: ReadTx) =>
  tx.selectFrom("commission_plans").select(COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

async function findPlan(tx: ReadTx, id: string): Promise<PlanVersion | undefined> {
  const row = await selectPlans(tx).where("id", "=", id).executeTakeFirst();
  return row && planOf(row);
}

/** One version. Throws `plan.not_found`. */
export async function getPlan(tx: ReadTx, id: string): Promise<PlanVersion> {
  const plan = await findPlan(tx, id);
  if (plan === undefined) throw planErrors.not_found();
  return plan;
}

/** A published version; `isCommitted` unless this very transaction has published it, which may yet roll back. */
export type ReadVersion = PublishedVersion & { readonly isCommitted: boolean };

/** Published versions by id; ids of drafts and of nothing are left out. */
export async function findPublishedPlans(tx: ReadTx, ids: readonly string[]): Promise<ReadVersion[]> {
  const rows = await selectPlans(tx)
    // By the transaction that wrote the row: an instant says nothing, where the clock of the tenant has been moved.
    .select(sql<boolean>`xmin is distinct from pg_current_xact_id_if_assigned()::xid`.as("is_committed"))
    .where("id", "in", [...ids])
    .where("status", "=", "published")
    .execute();
  return rows.flatMap(({ is_committed: isCommitted, ...row }) => {
    const plan = planOf(row);
    return isPublished(plan) ? [{ ...plan, isCommitted }] : [];
  });
}

export type PublishedHead = Pick<PublishedVersion, "id" | "version" | "effectiveFrom">;

/** Every published version without its tiers, by number: what decides which is in force. A programme has few. */
export async function findPublishedHeads(tx: ReadTx): Promise<PublishedHead[]> {
  const rows = await tx
    .selectFrom("commission_plans")
    .select(["id", "version", "effective_from"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("status", "=", "published")
    .orderBy("version")
    .execute();
  return rows.map((row) => {
    invariant(row.version !== null, "a published version has a number (commission_plans_published_check)");
    return { id: row.id, version: row.version, effectiveFrom: row.effective_from };
  });
}

export type NewPlan = {
  readonly programId: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly tiers: Tiers;
};

/** Keeps a draft. */
export async function insertDraft(tx: Tx, plan: NewPlan): Promise<PlanVersion> {
  const row = await tx
    .insertInto("commission_plans")
    .values({ ...columnsOf(tx, plan), status: "draft" })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return planOf(row);
}

/** Adds a version that is published from the start; `version` is the next number, taken under the lock of the programme. */
export async function insertPublished(
  tx: Tx,
  plan: NewPlan & { readonly version: number; readonly effectiveFrom: Date | null },
): Promise<PublishedVersion> {
  const row = await tx
    .insertInto("commission_plans")
    .values({
      ...columnsOf(tx, plan),
      status: "published",
      version: plan.version,
      effective_from: plan.effectiveFrom,
      published_at: tx.ctx.now,
    })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return { ...planOf(row), version: plan.version };
}

const columnsOf = (tx: Tx, plan: NewPlan) => ({
  tenant_id: tx.ctx.tenantId,
  id: newId(),
  program_id: plan.programId,
  currency: plan.currency,
  time_zone: plan.timeZone,
  tiers: JSON.stringify(plan.tiers),
  created_at: tx.ctx.now,
});

/** Replaces what a draft says; undefined where it is no draft any more. */
export async function updateDraft(
  tx: Tx,
  id: string,
  plan: Omit<NewPlan, "programId">,
): Promise<PlanVersion | undefined> {
  const row = await tx
    .updateTable("commission_plans")
    .set({ currency: plan.currency, time_zone: plan.timeZone, tiers: JSON.stringify(plan.tiers) })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "draft")
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && planOf(row);
}

export type Publication = {
  readonly version: number;
  readonly timeZone: string;
  readonly effectiveFrom: Date;
  readonly isRetroactive: boolean;
};

/** Publishes a draft; undefined where it is no draft any more. */
export async function publishDraft(
  tx: Tx,
  id: string,
  publication: Publication,
): Promise<PublishedVersion | undefined> {
  const row = await tx
    .updateTable("commission_plans")
    .set({
      status: "published",
      version: publication.version,
      time_zone: publication.timeZone,
      effective_from: publication.effectiveFrom,
      is_retroactive: publication.isRetroactive,
      published_at: tx.ctx.now,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "=", "draft")
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && { ...planOf(row), version: publication.version };
}
