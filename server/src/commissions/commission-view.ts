import { maskEmail } from "../identity/index.ts";
import { invariant } from "../kernel/invariant.ts";
import { fractionFromPpm } from "../kernel/rate.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { EarnedOn } from "./commission-deps.ts";
import { type CommissionRow, findCommission, findCommissions } from "./commission-repository.ts";
import type { CommissionStatus, CommissionType } from "./commission-rules.ts";

/** What the API shows of a commission. */
export type CommissionView = {
  readonly id: string;
  readonly partnerId: string;
  readonly referralId: string | null;
  readonly transactionId: string | null;
  /** Masked: partners bring customers, and do not get their addresses. */
  readonly customer: string | null;
  readonly type: CommissionType;
  readonly rule: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly rate: number | null;
  readonly status: CommissionStatus;
  readonly reversesId: string | null;
  readonly occurredAt: Date;
  readonly holdUntil: Date;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly calculatedAt: Date;
  readonly approvedAt: Date | null;
  readonly paidAt: Date | null;
};

export async function viewCommissions(
  deps: EarnedOn,
  tx: ReadTx,
  rows: readonly CommissionRow[],
): Promise<CommissionView[]> {
  const customers = await maskedCustomers(deps, tx, [...new Set(rows.flatMap((row) => row.referral_id ?? []))]);
  return rows.map((row) => ({
    id: row.id,
    partnerId: row.partner_id,
    referralId: row.referral_id,
    transactionId: row.transaction_id,
    customer: customers.get(row.referral_id ?? "") ?? null,
    type: row.commission_type,
    rule: row.rule,
    amount: row.amount,
    currency: row.currency,
    rate: row.rate_ppm === null ? null : fractionFromPpm(row.rate_ppm),
    status: row.status,
    reversesId: row.reverses_id,
    occurredAt: row.occurred_at,
    holdUntil: row.hold_until,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    calculatedAt: row.calculated_at,
    approvedAt: row.approved_at,
    paidAt: row.paid_at,
  }));
}

/** What statements say of commissions, by id. */
export const describeCommissions =
  (deps: EarnedOn) =>
  async (tx: ReadTx, ids: readonly string[]): Promise<ReadonlyMap<string, CommissionView>> => {
    const views = await viewCommissions(deps, tx, await findCommissions(tx, ids));
    return new Map(views.map((view) => [view.id, view]));
  };

/** A commission as it is now, for the answer of a verb. */
export async function viewCommission(deps: EarnedOn, tx: ReadTx, id: string): Promise<CommissionView> {
  const row = await findCommission(tx, id);
  invariant(row, "a commission is never deleted");
  const [view] = await viewCommissions(deps, tx, [row]);
  invariant(view, "every row has a view");
  return view;
}

/** The masked addresses of the customers of referrals, by referral. */
async function maskedCustomers(
  deps: EarnedOn,
  tx: ReadTx,
  referralIds: readonly string[],
): Promise<Map<string, string>> {
  if (referralIds.length === 0) return new Map();
  const referrals = await deps.referrals.findReferrals(tx, referralIds);
  const customerIds = [...referrals.values()].flatMap((referral) => referral.referredUserId ?? []);
  const customers = await deps.customers.findCustomers(tx, [...new Set(customerIds)]);
  return new Map(
    [...referrals].flatMap(([id, { referredUserId }]) => {
      const email = customers.get(referredUserId ?? "")?.email ?? null;
      return email === null ? [] : [[id, maskEmail(email)] as const];
    }),
  );
}
