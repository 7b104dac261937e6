import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { type AttemptRow, findAttempts } from "./attempt-repository.ts";
import { findCurrentMethod } from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findItems, findPayout, type ItemRow, type PayoutRow, selectPayouts } from "./payout-repository.ts";
import { type PayoutView, payoutView } from "./payout-view.ts";
import { view as methodView, type PaymentMethod } from "./update-payment-method.ts";

export type PayoutFilters = PageRequest & {
  readonly status?: string;
  readonly currency?: string;
  readonly partnerId?: string;
  readonly batchId?: string;
  readonly from?: string;
  readonly to?: string;
};

export type PayoutDetail = PayoutView & {
  readonly items: { line: number; kind: string; commissionId: string | null; amount: bigint; state: string }[];
  readonly transfers: {
    attempt: number;
    provider: string;
    status: string;
    transferId: string | null;
    errorCode: string | null;
    sentAt: Date | null;
  }[];
};

/** Payouts of the acting partner, newest first unless asked otherwise. */
export const getPayoutHistory =
  (deps: PayoutDeps) =>
  (ctx: Ctx, filters: Omit<PayoutFilters, "partnerId" | "batchId">): Promise<Page<PayoutView>> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => listPayouts(tx, { ...filters, partnerId }));
  };

/** Payouts of every partner, for the operator. */
export const findPayouts =
  (deps: PayoutDeps) =>
  (ctx: Ctx, filters: PayoutFilters): Promise<Page<PayoutView>> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, (tx) => listPayouts(tx, filters));
  };

/** One payout with its items and transfers. A partner sees its own; another's is not found. */
export const getPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutDetail> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => payoutDetail(tx, payoutId, partnerId));
  };

/** The same for an operator. */
export const getPayoutFor =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutDetail> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, (tx) => payoutDetail(tx, payoutId, undefined));
  };

/** How the acting partner is paid; null before it has chosen. */
export const getPaymentMethod =
  (deps: PayoutDeps) =>
  (ctx: Ctx): Promise<PaymentMethod | null> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const method = await findCurrentMethod(tx, partnerId);
      return method === undefined ? null : methodView(method, null);
    });
  };

/** Sorts of the lists of payouts. */
export const PAYOUT_SORTS = ["requestedAt", "-requestedAt", "amount", "-amount"] as const;

async function listPayouts(tx: ReadTx, filters: PayoutFilters): Promise<Page<PayoutView>> {
  let query = selectPayouts(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.batchId !== undefined) query = query.where("batch_id", "=", filters.batchId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
  if (filters.from !== undefined) query = query.where("requested_at", ">=", new Date(filters.from));
  if (filters.to !== undefined) query = query.where("requested_at", "<", new Date(filters.to));
  const page = await selectPage(query, filters, {
    sorts: {
      requestedAt: { column: "requested_at", type: "timestamptz" },
      amount: { column: "amount", type: "bigint" },
    },
    defaultSort: "-requestedAt",
    idColumn: "id",
  });
  return { data: page.data.map((row) => payoutView(row as PayoutRow)), nextCursor: page.nextCursor };
}

async function payoutDetail(tx: ReadTx, payoutId: string, ownerId: string | undefined): Promise<PayoutDetail> {
  const payout = await findPayout(tx, payoutId);
  if (payout === undefined || (ownerId !== undefined && payout.partner_id !== ownerId)) throw payoutErrors.not_found();
  const items = await findItems(tx, payoutId);
  const attempts = await findAttempts(tx, payoutId);
  return { ...payoutView(payout), items: items.map(itemView), transfers: attempts.map(transferView) };
}

const itemView = ({ commission_id, ...item }: ItemRow) => ({ ...item, commissionId: commission_id });

const transferView = (row: AttemptRow) => ({
  attempt: row.attempt,
  provider: row.provider,
  status: row.status,
  transferId: row.provider_transfer_id,
  errorCode: row.error_code,
  sentAt: row.first_sent_at,
});
