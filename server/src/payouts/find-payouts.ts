import { sql } from "kysely";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { type Page, type PageRequest, type ReadTx, selectPage } from "../platform/database/index.ts";
import { type AttemptRow, findAttempts } from "./attempt-repository.ts";
import { findCurrentMethod } from "./method-repository.ts";
import type { DescribedCommission, PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { asPayout, findItems, findPayout, type ItemRow, type PayoutRow, selectPayouts } from "./payout-repository.ts";
import {
  type OperatorPayout,
  operatorPayout,
  type PayoutView,
  payoutView,
  type SettlementView,
  settlementView,
} from "./payout-view.ts";
import { findSettlements, findWaitingSettlements } from "./settlement-repository.ts";
import { view as methodView, type OfferedKind, offeredKinds, type PaymentMethod } from "./update-payment-method.ts";

export type PayoutFilters = PageRequest & {
  readonly status?: string;
  readonly currency?: string;
  readonly partnerId?: string;
  readonly batchId?: string;
  /** Those against which something stands, or nothing. */
  readonly isHeld?: boolean;
  /** Those of which a second person is to say what became of them. */
  readonly isSettling?: boolean;
  /** Those that failed, and whose partner has neither asked again nor been paid since. */
  readonly isUnpaid?: boolean;
  readonly from?: string;
  readonly to?: string;
};

export type PayoutDetail = PayoutView & Parts;

export type OperatorPayoutDetail = OperatorPayout & Parts & { readonly settlements: SettlementView[] };

type Parts = {
  readonly items: {
    line: number;
    kind: string;
    commissionId: string | null;
    amount: bigint;
    state: string;
    type: string | null;
    customer: string | null;
    occurredAt: Date | null;
  }[];
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
  (
    ctx: Ctx,
    filters: Omit<PayoutFilters, "partnerId" | "batchId" | "isHeld" | "isSettling" | "isUnpaid">,
  ): Promise<Page<PayoutView>> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { data, nextCursor } = await listPayouts(tx, { ...filters, partnerId });
      return { data: data.map(payoutView), nextCursor };
    });
  };

/** Payouts of every partner, for the operator. */
export const findPayouts =
  (deps: PayoutDeps) =>
  (ctx: Ctx, filters: PayoutFilters): Promise<Page<OperatorPayout>> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, async (tx) => {
      const { data, nextCursor } = await listPayouts(tx, filters);
      const settling = await findWaitingSettlements(
        tx,
        data.map(({ id }) => id),
      );
      return { data: data.map((row) => operatorPayout(row, settling.get(row.id))), nextCursor };
    });
  };

/** One payout with its items and transfers. A partner sees its own; another's is not found. */
export const getPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutDetail> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const payout = await findPayout(tx, payoutId);
      if (payout?.partner_id !== partnerId) throw payoutErrors.not_found();
      return { ...payoutView(payout), ...(await partsOf(deps, tx, payoutId)) };
    });
  };

/** The same for an operator. */
export const getPayoutFor =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<OperatorPayoutDetail> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, async (tx) => {
      const payout = await findPayout(tx, payoutId);
      if (payout === undefined) throw payoutErrors.not_found();
      const settlements = await findSettlements(tx, payoutId);
      return {
        ...operatorPayout(
          payout,
          settlements.find(({ status }) => status === "waiting"),
        ),
        ...(await partsOf(deps, tx, payoutId)),
        settlements: settlements.map(settlementView),
      };
    });
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

/** The ways of being paid that partners can choose here. */
export const findMethodKinds =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly kinds: OfferedKind[] }> => {
    requireScope(ctx, "own:payouts:read");
    return { kinds: offeredKinds(deps) };
  };

/** Sorts of the lists of payouts. */
export const PAYOUT_SORTS = ["requestedAt", "-requestedAt", "amount", "-amount"] as const;

async function listPayouts(tx: ReadTx, filters: PayoutFilters): Promise<Page<PayoutRow>> {
  let query = selectPayouts(tx);
  if (filters.partnerId !== undefined) query = query.where("partner_id", "=", filters.partnerId);
  if (filters.batchId !== undefined) query = query.where("batch_id", "=", filters.batchId);
  if (filters.status !== undefined) query = query.where("status", "=", filters.status);
  if (filters.currency !== undefined) query = query.where("currency", "=", filters.currency);
  if (filters.isHeld !== undefined) query = query.where("held_code", filters.isHeld ? "is not" : "is", null);
  if (filters.isSettling !== undefined)
    query = query.where(
      sql<boolean>`${sql.raw(filters.isSettling ? "" : "not")} exists (
        select from payout_settlements s
         where (s.tenant_id, s.payout_id) = (partner_payouts.tenant_id, partner_payouts.id) and s.status = 'waiting')`,
    );
  if (filters.isUnpaid !== undefined)
    query = query.where(
      sql<boolean>`${sql.raw(filters.isUnpaid ? "" : "not")} (partner_payouts.status = 'failed' and not exists (
        select from partner_payouts later
         where (later.tenant_id, later.partner_id, later.currency)
             = (partner_payouts.tenant_id, partner_payouts.partner_id, partner_payouts.currency)
           and (later.requested_at, later.id) > (partner_payouts.requested_at, partner_payouts.id)
           and later.status <> 'cancelled'))`,
    );
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
  return { data: page.data.map(asPayout), nextCursor: page.nextCursor };
}

/** What a payout is made of, and each try to send it. */
async function partsOf({ commissions }: PayoutDeps, tx: ReadTx, payoutId: string): Promise<Parts> {
  const items = await findItems(tx, payoutId);
  const drawn = items.flatMap(({ commission_id }) => commission_id ?? []);
  const described = await commissions.describeCommissions(tx, drawn);
  const attempts = await findAttempts(tx, payoutId);
  return {
    items: items.map((item) => itemView(item, described.get(item.commission_id ?? ""))),
    transfers: attempts.map(transferView),
  };
}

const itemView = (
  { commission_id, ...item }: ItemRow,
  drawn: DescribedCommission | undefined,
): Parts["items"][number] => ({
  ...item,
  commissionId: commission_id,
  type: drawn?.type ?? null,
  customer: drawn?.customer ?? null,
  occurredAt: drawn?.occurredAt ?? null,
});

const transferView = (row: AttemptRow) => ({
  attempt: row.attempt,
  provider: row.provider,
  status: row.status,
  transferId: row.provider_transfer_id,
  errorCode: row.error_code,
  sentAt: row.first_sent_at,
});
