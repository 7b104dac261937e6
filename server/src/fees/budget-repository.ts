import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { type FileFacts, findFileFacts } from "../platform/files/index.ts";
import { type ClaimState, WAITING_STATES } from "./budget-rules.ts";

export type BudgetRow = {
  readonly id: string;
  readonly partner_id: string;
  readonly period_start: CalendarDate;
  readonly period_end: CalendarDate;
  readonly currency: string;
  readonly granted: bigint;
  readonly waiting: bigint;
  readonly used: bigint;
  readonly opened_at: Date;
};

const BUDGET_COLUMNS = [
  "id",
  "partner_id",
  "period_start",
  "period_end",
  "currency",
  "granted",
  "waiting",
  "used",
  "opened_at",
] as const;

/** The base of every read of budgets. */
export const selectBudgets = (tx: ReadTx) =>
  tx.selectFrom("partner_budgets").select(BUDGET_COLUMNS).where("partner_budgets.tenant_id", "=", tx.ctx.tenantId);

export const findBudget = (tx: ReadTx, id: string): Promise<BudgetRow | undefined> =>
  selectBudgets(tx).where("id", "=", id).executeTakeFirst();

export type NewGrant = {
  readonly partnerId: string;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly currency: string;
  readonly amount: bigint;
  /** Null where the partner's terms grant it. */
  readonly reason: string | null;
};

/**
 * Grants a budget so much more, and opens it where there is none. Undefined where the terms have granted theirs: once for a period. The row of the
 * budget is locked first, so that of two who grant at once the second sees what the first did.
 */
export async function grantBudget(tx: Tx, grant: NewGrant): Promise<BudgetRow | undefined> {
  const { tenantId: tenant_id, now } = tx.ctx;
  const { partnerId: partner_id, start: period_start, end: period_end, currency, amount, reason } = grant;
  await tx
    .insertInto("partner_budgets")
    .values({
      tenant_id,
      id: newId(),
      partner_id,
      period_start,
      period_end,
      currency,
      granted: 0n,
      waiting: 0n,
      used: 0n,
      opened_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const budget = await selectBudgets(tx)
    .where("partner_id", "=", partner_id)
    .where("period_start", "=", period_start)
    .where("period_end", "=", period_end)
    .where("currency", "=", currency)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const granted = await tx
    .insertInto("partner_budget_grants")
    .values({
      tenant_id,
      id: newId(),
      budget_id: budget.id,
      source: reason === null ? "terms" : "operator",
      amount,
      reason,
      granted_by: tx.ctx.actor.type,
      granted_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  if (granted === undefined) return undefined;
  return moveBudget(tx, budget.id, { granted: amount });
}

/**
 * Moves the sums of a budget; undefined where that would be more than was granted. One statement settles who was first.
 */
export async function moveBudget(
  tx: Tx,
  id: string,
  by: { readonly granted?: bigint; readonly waiting?: bigint; readonly used?: bigint },
): Promise<BudgetRow | undefined> {
  const { granted = 0n, waiting = 0n, used = 0n } = by;
  return tx
    .updateTable("partner_budgets")
    .set({
      granted: sql`granted + ${granted}`,
      waiting: sql`waiting + ${waiting}`,
      used: sql`used + ${used}`,
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where(sql<boolean>`waiting + ${waiting}::bigint + used + ${used}::bigint <= granted + ${granted}::bigint`)
    .returning(BUDGET_COLUMNS)
    .executeTakeFirst();
}

/** Takes budgets whose last day has passed and of whose end nobody was told. */
export async function takeExpired(tx: Tx, today: CalendarDate, limit: number): Promise<BudgetRow[]> {
  const { rows } = await sql<{ id: string }>`
    select id from partner_budgets
     where tenant_id = ${tx.ctx.tenantId} and expired_at is null and period_end < ${today}
     order by period_end, id
     limit ${limit}
       for update skip locked`.execute(tx);
  if (rows.length === 0) return [];
  return tx
    .updateTable("partner_budgets")
    .set({ expired_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", sql<string>`any (${rows.map(({ id }) => id)}::uuid[])`)
    .returning(BUDGET_COLUMNS)
    .execute();
}

export type ClaimRow = {
  readonly id: string;
  readonly budget_id: string;
  readonly partner_id: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly spent_on: CalendarDate;
  readonly description: string;
  readonly status: string;
  readonly granted: bigint | null;
  readonly reason: string | null;
  readonly first_approved_by: string | null;
  readonly first_amount: bigint | null;
  readonly commission_id: string | null;
  readonly submitted_at: Date;
  readonly decided_at: Date | null;
};

/** The base of every read of claims; callers add filters. The currency is that of the budget. */
export const selectClaims = (tx: ReadTx) =>
  tx
    .selectFrom("partner_budget_claims")
    .innerJoin("partner_budgets", (join) =>
      join
        .onRef("partner_budgets.tenant_id", "=", "partner_budget_claims.tenant_id")
        .onRef("partner_budgets.id", "=", "partner_budget_claims.budget_id"),
    )
    .select([
      "partner_budget_claims.id",
      "partner_budget_claims.budget_id",
      "partner_budget_claims.partner_id",
      "partner_budgets.currency",
      "partner_budget_claims.amount",
      "partner_budget_claims.spent_on",
      "partner_budget_claims.description",
      "partner_budget_claims.status",
      "partner_budget_claims.granted",
      "partner_budget_claims.reason",
      "partner_budget_claims.first_approved_by",
      "partner_budget_claims.first_amount",
      "partner_budget_claims.commission_id",
      "partner_budget_claims.submitted_at",
      "partner_budget_claims.decided_at",
    ])
    .where("partner_budget_claims.tenant_id", "=", tx.ctx.tenantId);

export const findClaim = (tx: ReadTx, id: string): Promise<ClaimRow | undefined> =>
  selectClaims(tx).where("partner_budget_claims.id", "=", id).executeTakeFirst();

export async function insertClaim(
  tx: Tx,
  claim: Pick<ClaimRow, "id" | "budget_id" | "partner_id" | "amount" | "spent_on" | "description">,
  files: readonly FileFacts[],
): Promise<void> {
  const { tenantId: tenant_id, now } = tx.ctx;
  await tx
    .insertInto("partner_budget_claims")
    .values({ tenant_id, ...claim, status: "submitted", submitted_at: now })
    .execute();
  await tx
    .insertInto("partner_budget_claim_files")
    .values(files.map(({ id }) => ({ tenant_id, claim_id: claim.id, file_id: id })))
    .execute();
}

/** Changes a claim that is not decided; false where somebody was faster. */
export async function changeClaim(
  tx: Tx,
  id: string,
  change: {
    readonly status: ClaimState;
    readonly granted?: bigint;
    readonly reason?: string | null;
    readonly first_approved_by?: string;
    readonly first_amount?: bigint;
    readonly commission_id?: string;
    readonly decided_at?: Date;
  },
): Promise<boolean> {
  const changed = await tx
    .updateTable("partner_budget_claims")
    .set(change)
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("status", "in", [...WAITING_STATES])
    .returning("id")
    .executeTakeFirst();
  return changed !== undefined;
}

/** The proofs of claims, by claim. */
export async function findProofs(tx: ReadTx, claimIds: readonly string[]): Promise<Map<string, FileFacts[]>> {
  if (claimIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom("partner_budget_claim_files")
    .select(["claim_id", "file_id"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("claim_id", "=", sql<string>`any (${[...claimIds]}::uuid[])`)
    .orderBy("file_id")
    .execute();
  const facts = await findFileFacts(
    tx,
    rows.map((row) => row.file_id),
  );
  const proofs = new Map<string, FileFacts[]>();
  for (const { claim_id, file_id } of rows)
    proofs.set(claim_id, [...(proofs.get(claim_id) ?? []), ...[facts.get(file_id) ?? []].flat()]);
  return proofs;
}

/** Whose claim a file proves; undefined where it proves none. */
export async function ownerOfProof(tx: ReadTx, fileId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom("partner_budget_claim_files as f")
    .innerJoin("partner_budget_claims as c", (join) =>
      join.onRef("c.tenant_id", "=", "f.tenant_id").onRef("c.id", "=", "f.claim_id"),
    )
    .select("c.partner_id")
    .where("f.tenant_id", "=", tx.ctx.tenantId)
    .where("f.file_id", "=", fileId)
    .executeTakeFirst();
  return row?.partner_id;
}
