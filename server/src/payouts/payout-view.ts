import type { PayoutRow } from "./payout-repository.ts";
import { type BankFileState, netAmount } from "./payout-rules.ts";
import type { SettlementRow } from "./settlement-repository.ts";
import type { SettlementOutcome } from "./settlement-rules.ts";
import { type WaitsFor, waitsFor } from "./waits-for.ts";

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
  readonly bankFile: BankFileState | null;
  readonly exportedAt: Date | null;
  readonly failureCode: string | null;
  /** Of one that waits. */
  readonly waitsFor: WaitsFor | null;
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
  bankFile: row.bank_file,
  exportedAt: row.exported_at,
  failureCode: row.failure_code,
  waitsFor: row.status === "pending" ? waitsFor({ code: row.held_code, reason: row.held_reason }) : null,
  batchId: row.batch_id,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  processedAt: row.processed_at,
});

/** What people have said of a payout, and who. */
export type SettlementView = {
  readonly id: string;
  readonly outcome: SettlementOutcome;
  readonly reason: string;
  readonly reference: string | null;
  readonly status: string;
  readonly proposedBy: string | null;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};

export const settlementView = (row: SettlementRow): SettlementView => ({
  id: row.id,
  outcome: row.outcome,
  reason: row.reason,
  reference: row.reference,
  status: row.status,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
});

/** With what the operator alone sees: what stands against it, and what waits for a second person. */
export type OperatorPayout = PayoutView & {
  readonly held: {
    readonly code: string;
    readonly reason: string | null;
    readonly isLasting: boolean;
    readonly at: Date;
  } | null;
  readonly settlement: SettlementView | null;
};

export const operatorPayout = (row: PayoutRow, waiting: SettlementRow | undefined): OperatorPayout => ({
  ...payoutView(row),
  held:
    row.held_code === null || row.held_at === null
      ? null
      : { code: row.held_code, reason: row.held_reason, isLasting: row.held_lasts === true, at: row.held_at },
  settlement: waiting === undefined ? null : settlementView(waiting),
});
