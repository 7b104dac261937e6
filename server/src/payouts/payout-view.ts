import type { PayoutRow } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";

export type PayoutView = {
  readonly id: string;
  readonly partnerId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint;
  readonly operatorFee: bigint;
  readonly taxWithheld: bigint;
  readonly netAmount: bigint;
  readonly paymentMethod: string;
  readonly status: string;
  readonly bankStatus: string | null;
  readonly failureCode: string | null;
  readonly batchId: string | null;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly processedAt: Date | null;
};

/** What the API shows of a payout. */
export const payoutView = (row: PayoutRow): PayoutView => ({
  id: row.id,
  partnerId: row.partner_id,
  amount: row.amount,
  currency: row.currency,
  fee: row.fee,
  operatorFee: row.operator_fee,
  taxWithheld: row.tax_withheld,
  netAmount: netAmount(row),
  paymentMethod: row.payment_method,
  status: row.status,
  bankStatus: row.bank_status,
  failureCode: row.failure_code,
  batchId: row.batch_id,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  processedAt: row.processed_at,
});
