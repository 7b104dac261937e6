import { invariant } from "../kernel/invariant.ts";
import type { Tx } from "../platform/database/index.ts";
import { findKeptCommissions } from "./assessment-repository.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { commissionErrors } from "./commission-errors.ts";
import { type CommissionRow, findCommission, findRootOfEvent } from "./commission-repository.ts";
import { holdAfterDispute, holdEnd } from "./commission-rules.ts";
import type { DisputeRow } from "./dispute-repository.ts";
import { recordDecision } from "./end-dispute.ts";
import { isEarningRule } from "./engine/standing.ts";

/** What an adjustment came to: by how much, and which commission holds it. */
export type Adjusted = { readonly adjustedBy: bigint | null; readonly resultCommissionId: string };

type Wanted = {
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** Refuses who may not decide about so much. */
  readonly check: (by: bigint, currency: string) => Promise<void>;
};

/** Corrects a disputed commission to what it should have earned. The caller holds the desk. */
export async function adjustCommission(
  deps: CommissionDeps,
  tx: Tx,
  dispute: DisputeRow,
  { amount, check }: Wanted,
): Promise<Adjusted> {
  const commissionId = dispute.commission_id ?? "";
  const [kept] = await findKeptCommissions(tx, { commissionIds: [commissionId] });
  if (kept === undefined) throw commissionErrors.not_adjustable();
  const { standing } = kept;
  if (standing.closedBy !== null) throw commissionErrors.nothing_left();
  const by = amount - standing.amount;
  if (by === 0n) throw commissionErrors.dispute_same_amount();
  await check(by, standing.currency);

  const { now } = tx.ctx;
  const { holdUntil } = standing;
  const end =
    dispute.status_before === "pending"
      ? holdAfterDispute({ holdUntil, openedAt: dispute.opened_at, settledAt: now })
      : now;
  const eventId = await recordDecision(deps, tx, dispute, {
    adjusted: {
      commissionId,
      transactionId: standing.transactionId,
      by: String(by),
      holdUntil: end.toISOString(),
    },
  });
  const added = await findRootOfEvent(tx, eventId);
  return { adjustedBy: by, resultCommissionId: added?.id ?? commissionId };
}

/** Has a sale of the partner's own customer earn what was missing. */
export async function grantMissing(
  deps: CommissionDeps,
  tx: Tx,
  dispute: DisputeRow,
  { amount, check }: Wanted,
): Promise<Adjusted> {
  const [sale] = dispute.transaction_id === null ? [] : await deps.sales.findRecorded(tx, [dispute.transaction_id]);
  // A reversal earns nothing.
  const isOwn = sale?.partnerId === dispute.partner_id && (sale.kind === "payment" || sale.kind === "card");
  if (!isOwn || sale.referralId === null || sale.number === null) throw commissionErrors.dispute_sale_unknown();
  // It may have gone to another partner since: refunds of it fall there, and would take nothing of what is granted here.
  if ((await deps.referrals.findReattributed(tx, [sale.id])).size > 0) throw commissionErrors.dispute_sale_unknown();
  const owner = (await deps.referrals.findReferrals(tx, [sale.referralId])).get(sale.referralId);
  if (owner === undefined) throw commissionErrors.dispute_sale_unknown();
  await check(amount, sale.currency);

  const { partner_id: partnerId } = dispute;
  const terms = (await deps.partners.currentTerms(tx, [partnerId], tx.ctx.now)).get(partnerId);
  const eventId = await recordDecision(deps, tx, dispute, {
    granted: {
      transactionId: sale.id,
      saleNumber: String(sale.number),
      rule: sale.kind === "payment" ? "recurring" : "transaction",
      amount: String(amount),
      currency: sale.currency,
      occurredAt: sale.occurredAt.toISOString(),
      holdUntil: holdEnd(tx.ctx.now, terms?.holdDays ?? 0).toISOString(),
    },
  });
  const root = await findRootOfEvent(tx, eventId);
  invariant(root, "a sale that was granted a commission has it");
  return { adjustedBy: amount, resultCommissionId: root.id };
}

/** What was missing is there: earned by a re-attribution or a correction, or granted. */
export async function nameResult(tx: Tx, dispute: DisputeRow, commissionId: string): Promise<Adjusted> {
  const result = await findCommission(tx, commissionId);
  if (result?.partner_id !== dispute.partner_id || !isOwed(result))
    throw commissionErrors.dispute_result({ field: "commissionId" });
  return { adjustedBy: null, resultCommissionId: result.id };
}

/** Something that a partner earns: not what takes back, gives up a debt or is set off, and not what has been cancelled. */
const isOwed = ({ rule, status, amount }: CommissionRow): boolean =>
  (rule === "grant" || isEarningRule(rule)) && status !== "cancelled" && amount > 0n;
