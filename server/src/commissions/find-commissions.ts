import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import {
  asCommission,
  type Closing,
  findCommission,
  findFamilies,
  findReceipt,
  findWords,
  selectCommissions,
} from "./commission-repository.ts";
import { NOT_TAKEN } from "./commission-rules.ts";
import { type CommissionView, viewCommissions } from "./commission-view.ts";
import { findDisputesOf } from "./dispute-repository.ts";
import { type DisputeView, disputeView } from "./dispute-view.ts";
import { partnerReceipt } from "./partner-receipt.ts";

export type CommissionFilters = PageRequest & {
  readonly status?: string;
  readonly type?: string;
  readonly currency?: string;
  readonly referralId?: string;
  readonly transactionId?: string;
  readonly partnerId?: string;
  /** Occurred at or after. */
  readonly from?: string;
  /** Occurred before. */
  readonly to?: string;
};

/** Sorts of the lists of commissions. */
export const COMMISSION_SORTS = ["occurredAt", "-occurredAt", "amount", "-amount"] as const;

export type CommissionDetail = CommissionView & {
  /** Why the figure is that figure; null for what people granted, took back or wrote off, which has a note. */
  readonly receipt: object | null;
  readonly note: string | null;
  /** What cancelled it, or took it back as a whole; null where nothing has. */
  readonly closing: Closing | null;
  /** What takes back or gives back a part of it, oldest first. */
  readonly reversals: CommissionView[];
  /** Newest first. */
  readonly disputes: DisputeView[];
  /** Where its amount stands with payouts. */
  readonly payout: { readonly paid: bigint; readonly inTransit: bigint; readonly unpaid: bigint };
};

/** Commissions of the acting partner, newest first unless asked otherwise. */
export const getCommissions =
  (deps: CommissionDeps) =>
  (ctx: Ctx, filters: Omit<CommissionFilters, "partnerId">): Promise<Page<CommissionView>> => {
    requireScope(ctx, "own:commissions:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listCommissions(deps, tx, { ...filters, partnerId }));
  };

/** Commissions of every partner, for the operator. */
export const findAllCommissions =
  (deps: CommissionDeps) =>
  (ctx: Ctx, filters: CommissionFilters): Promise<Page<CommissionView>> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, (tx) => listCommissions(deps, tx, filters));
  };

/** One commission with everything that explains it. A partner sees its own; another's is not found. */
export const getCommission =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { commissionId }: { readonly commissionId: string }): Promise<CommissionDetail> => {
    requireScope(ctx, "own:commissions:read");
    const ownerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => commissionDetail(deps, tx, commissionId, ownerId));
  };

/** The same for an operator. */
export const getCommissionFor =
  (deps: CommissionDeps) =>
  (ctx: Ctx, { commissionId }: { readonly commissionId: string }): Promise<CommissionDetail> => {
    requireScope(ctx, "commissions:read");
    return deps.db.read(ctx, (tx) => commissionDetail(deps, tx, commissionId, undefined));
  };

async function listCommissions(
  deps: CommissionDeps,
  tx: ReadTx,
  filters: CommissionFilters,
): Promise<Page<CommissionView>> {
  let query = selectCommissions(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.type !== undefined) query = query.where("commission_type", "=", filters.type);
  if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
  if (filters.referralId !== undefined) query = query.where("referral_id", "=", filters.referralId);
  if (filters.transactionId !== undefined) query = query.where("transaction_id", "=", filters.transactionId);
  if (filters.from !== undefined) query = query.where("occurred_at", ">=", new Date(filters.from));
  if (filters.to !== undefined) query = query.where("occurred_at", "<", new Date(filters.to));
  const { data, nextCursor } = await selectPage(query, filters, {
    sorts: {
      occurredAt: { column: "occurred_at", type: "timestamptz" },
      amount: { column: "amount", type: "bigint" },
    },
    defaultSort: "-occurredAt",
    idColumn: "id",
  });
  return { data: await viewCommissions(deps, tx, data.map(asCommission)), nextCursor };
}

async function commissionDetail(
  deps: CommissionDeps,
  tx: ReadTx,
  commissionId: string,
  ownerId: string | undefined,
): Promise<CommissionDetail> {
  const row = await findCommission(tx, commissionId);
  if (row === undefined || (ownerId !== undefined && row.partner_id !== ownerId)) throw commissionErrors.not_found();
  const [, ...reversals] = (await findFamilies(tx, [row.id])).get(row.id) ?? [];
  const [view, ...reversalViews] = await viewCommissions(deps, tx, [row, ...reversals]);
  if (view === undefined) throw commissionErrors.not_found();
  const disputes = await findDisputesOf(tx, row.reverses_id ?? row.id);
  const receipt = await findReceipt(tx, row);
  const { taken, confirmed } = (await deps.payouts.takenParts(tx, [row.id])).get(row.id) ?? NOT_TAKEN;
  return {
    ...view,
    receipt: receipt && ownerId !== undefined ? partnerReceipt(receipt) : receipt,
    ...(await findWords(tx, row.id)),
    reversals: reversalViews,
    disputes: disputes.map(disputeView),
    payout: { paid: confirmed, inTransit: taken - confirmed, unpaid: row.amount - taken },
  };
}
