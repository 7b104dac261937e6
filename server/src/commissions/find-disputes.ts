import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { type DisputeView, disputeView } from "./commission-view.ts";
import { asDispute, selectDisputes } from "./dispute-repository.ts";

export type DisputeFilters = PageRequest & { readonly status?: string; readonly partnerId?: string };

/** Sorts of the lists of disputes. */
export const DISPUTE_SORTS = ["openedAt", "-openedAt"] as const;

/** Disputes of the acting partner, newest first unless asked otherwise. */
export const getDisputes =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, filters: Omit<DisputeFilters, "partnerId">): Promise<Page<DisputeView>> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listDisputes(tx, { ...filters, partnerId }));
  };

/** Disputes of every partner, for the operator. */
export const findAllDisputes =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, filters: DisputeFilters): Promise<Page<DisputeView>> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, (tx) => listDisputes(tx, filters));
  };

async function listDisputes(tx: ReadTx, filters: DisputeFilters): Promise<Page<DisputeView>> {
  let query = selectDisputes(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  const { data, nextCursor } = await selectPage(query, filters, {
    sorts: { openedAt: { column: "opened_at", type: "timestamptz" } },
    defaultSort: "-openedAt",
    idColumn: "id",
  });
  return { data: data.map((row) => disputeView(asDispute(row))), nextCursor };
}
