import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { type FileFacts, fileErrors, findFile, type StoredFile } from "../platform/files/index.ts";
import {
  type BudgetRow,
  type ClaimRow,
  findProofs,
  ownerOfProof,
  selectBudgets,
  selectClaims,
} from "./budget-repository.ts";
import { type ClaimState, leftOfBudget } from "./budget-rules.ts";
import type { FeeDeps } from "./fee-deps.ts";

export const BUDGET_SORTS = ["periodEnd", "-periodEnd"] as const;
export const CLAIM_SORTS = ["submittedAt", "-submittedAt"] as const;

export const budgetView = (row: BudgetRow) => ({
  id: row.id,
  partnerId: row.partner_id,
  periodStart: row.period_start,
  periodEnd: row.period_end,
  currency: row.currency,
  granted: row.granted,
  waiting: row.waiting,
  used: row.used,
  left: leftOfBudget(row),
  openedAt: row.opened_at,
});
export type BudgetView = ReturnType<typeof budgetView>;

export type ClaimView = {
  readonly id: string;
  readonly budgetId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly spentOn: string;
  readonly description: string;
  readonly status: ClaimState;
  readonly granted: bigint | null;
  readonly reason: string | null;
  readonly commissionId: string | null;
  readonly files: FileFacts[];
  readonly submittedAt: Date;
  readonly decidedAt: Date | null;
};

/** Claims with their proofs. The check of the table makes the cast true. */
export async function claimViews(tx: ReadTx, rows: readonly ClaimRow[]): Promise<ClaimView[]> {
  const proofs = await findProofs(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    budgetId: row.budget_id,
    partnerId: row.partner_id,
    currency: row.currency,
    amount: row.amount,
    spentOn: row.spent_on,
    description: row.description,
    status: row.status as ClaimState,
    granted: row.granted,
    reason: row.reason,
    commissionId: row.commission_id,
    files: proofs.get(row.id) ?? [],
    submittedAt: row.submitted_at,
    decidedAt: row.decided_at,
  }));
}

type BudgetFilters = PageRequest & { readonly partnerId?: string; readonly currency?: string };
type ClaimFilters = BudgetFilters & { readonly status?: ClaimState; readonly budgetId?: string };

async function listBudgets(tx: ReadTx, filters: BudgetFilters): Promise<Page<BudgetView>> {
  let query = selectBudgets(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
  const page = await selectPage(query, filters, {
    sorts: { periodEnd: { column: "period_end", type: "date" } },
    defaultSort: "-periodEnd",
    idColumn: "id",
  });
  return { data: page.data.map(budgetView), nextCursor: page.nextCursor };
}

async function listClaims(tx: ReadTx, filters: ClaimFilters): Promise<Page<ClaimView>> {
  let query = selectClaims(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_budget_claims.partner_id", "=", filters.partnerId);
  if (filters.currency !== undefined) query = query.where("partner_budgets.currency", "=", filters.currency);
  if (filters.status !== undefined) query = query.where("partner_budget_claims.status", "=", filters.status);
  if (filters.budgetId !== undefined) query = query.where("partner_budget_claims.budget_id", "=", filters.budgetId);
  const page = await selectPage(query, filters, {
    sorts: { submittedAt: { column: "partner_budget_claims.submitted_at", type: "timestamptz" } },
    defaultSort: "-submittedAt",
    idColumn: "partner_budget_claims.id",
  });
  return { data: await claimViews(tx, page.data), nextCursor: page.nextCursor };
}

/** Budgets of the acting partner, the one that ends last first. */
export const getBudgets =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: Omit<BudgetFilters, "partnerId">): Promise<Page<BudgetView>> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listBudgets(tx, { ...filters, partnerId }));
  };

/** Budgets of every partner, for the operator. */
export const findBudgets =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: BudgetFilters): Promise<Page<BudgetView>> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, (tx) => listBudgets(tx, filters));
  };

/** Claims of the acting partner, newest first. */
export const getClaims =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: Omit<ClaimFilters, "partnerId">): Promise<Page<ClaimView>> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listClaims(tx, { ...filters, partnerId }));
  };

/** Claims of every partner, for the operator. */
export const findClaims =
  (deps: FeeDeps) =>
  (ctx: Ctx, filters: ClaimFilters): Promise<Page<ClaimView>> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, (tx) => listClaims(tx, filters));
  };

/** A proof of the acting partner's own claim. Another's, and any other file, is not found. */
export const getProof =
  (deps: FeeDeps) =>
  (ctx: Ctx, { fileId }: { readonly fileId: string }): Promise<StoredFile> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => proof(tx, fileId, partnerId));
  };

/** A proof of any claim, for the operator. */
export const getProofFor =
  (deps: FeeDeps) =>
  (ctx: Ctx, { fileId }: { readonly fileId: string }): Promise<StoredFile> => {
    requireScope(ctx, "fees:read");
    return deps.db.read(ctx, (tx) => proof(tx, fileId));
  };

async function proof(tx: ReadTx, fileId: string, ownerId?: string): Promise<StoredFile> {
  const owner = await ownerOfProof(tx, fileId);
  if (owner === undefined || (ownerId ?? owner) !== owner) throw fileErrors.not_found();
  const file = await findFile(tx, fileId);
  if (file === undefined) throw fileErrors.not_found();
  return file;
}
