import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { asDispute, type DisputeRow, findDispute, selectDisputes } from "./dispute-repository.ts";
import { UNSETTLED } from "./dispute-rules.ts";
import {
  type DeskDetail,
  type DeskDisputeView,
  type DisputeDetail,
  type DisputeView,
  deskDetail,
  deskDisputeView,
  disputeView,
  partnerDetail,
} from "./dispute-view.ts";

export type DisputeFilters = PageRequest & {
  readonly status?: string;
  readonly kind?: string;
  readonly commissionId?: string;
};

export type DeskFilters = DisputeFilters & {
  readonly partnerId?: string;
  readonly assigneeId?: string;
  /** Not settled, and its time is over. */
  readonly isOverdue?: boolean;
};

/** Sorts of the lists of disputes. */
export const DISPUTE_SORTS = ["openedAt", "-openedAt"] as const;

/** Disputes of the acting partner, newest first unless asked otherwise. */
export const getDisputes =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, filters: DisputeFilters): Promise<Page<DisputeView>> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listDisputes(tx, { ...filters, partnerId }, disputeView));
  };

/** One of the acting partner's disputes, with what was said and what it may see of the evidence. */
export const getDispute =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, { disputeId }: { readonly disputeId: string }): Promise<DisputeDetail> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const dispute = await findDispute(tx, disputeId);
      if (dispute?.partner_id !== partnerId) throw commissionErrors.dispute_not_found();
      return partnerDetail(tx, dispute);
    });
  };

/** Disputes of every partner, for the operator. */
export const findAllDisputes =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, filters: DeskFilters): Promise<Page<DeskDisputeView>> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, (tx) => listDisputes(tx, filters, deskDisputeView));
  };

/** One dispute with everything, for the operator. */
export const getDisputeFor =
  (deps: Pick<CommissionDeps, "db">) =>
  (ctx: Ctx, { disputeId }: { readonly disputeId: string }): Promise<DeskDetail> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, async (tx) => {
      const dispute = await findDispute(tx, disputeId);
      if (dispute === undefined) throw commissionErrors.dispute_not_found();
      return deskDetail(tx, dispute);
    });
  };

async function listDisputes<View>(
  tx: ReadTx,
  filters: DeskFilters,
  view: (row: DisputeRow) => View,
): Promise<Page<View>> {
  let query = selectDisputes(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.kind !== undefined) query = query.where("kind", "=", filters.kind);
  if (filters.commissionId !== undefined) query = query.where("commission_id", "=", filters.commissionId);
  if (filters.assigneeId !== undefined) query = query.where("assigned_to", "=", filters.assigneeId);
  if (filters.isOverdue === true) query = query.where("status", "in", [...UNSETTLED]).where("due_at", "<=", tx.ctx.now);
  const { data, nextCursor } = await selectPage(query, filters, {
    sorts: { openedAt: { column: "opened_at", type: "timestamptz" } },
    defaultSort: "-openedAt",
    idColumn: "id",
  });
  return { data: data.map((row) => view(asDispute(row))), nextCursor };
}
