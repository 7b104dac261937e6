import { type Ctx, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, selectPage } from "../platform/database/index.ts";
import { asBatch, findBatch, selectBatches } from "./batch-repository.ts";
import { type BatchView, batchView, batchViews } from "./batch-view.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";

export type BatchFilters = PageRequest & { readonly status?: string; readonly currency?: string };

/** Sorts of the list of batches. */
export const BATCH_SORTS = ["madeAt", "-madeAt"] as const;

/** Batches, newest first unless asked otherwise. */
export const findBatches =
  (deps: PayoutDeps) =>
  (ctx: Ctx, filters: BatchFilters): Promise<Page<BatchView>> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, async (tx) => {
      let query = selectBatches(tx);
      if (filters.status !== undefined) query = query.where("status", "=", filters.status);
      if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
      const page = await selectPage(query, filters, {
        sorts: { madeAt: { column: "made_at", type: "timestamptz" } },
        defaultSort: "-madeAt",
        idColumn: "id",
      });
      return { data: await batchViews(deps, tx, page.data.map(asBatch)), nextCursor: page.nextCursor };
    });
  };

/** One batch with how far it is: ask again to follow it. */
export const getBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { batchId }: { readonly batchId: string }): Promise<BatchView> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, async (tx) => {
      const batch = await findBatch(tx, batchId);
      if (batch === undefined) throw payoutErrors.batch_not_found();
      return batchView(deps, tx, batch);
    });
  };
