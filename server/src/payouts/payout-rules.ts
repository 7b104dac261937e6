import { type Fees, type FeeTerms, feesOf } from "./fee-rules.ts";

/**
 * Where a payout can go from each state. `failed` and `cancelled` give the money back; `completed` can still be returned by the provider;
 * what is released but not yet sent goes back to `pending` where it may no longer leave.
 */
export const PAYOUT_TRANSITIONS = {
  pending: ["processing", "cancelled"],
  processing: ["completed", "failed", "pending"],
  completed: ["failed"],
  failed: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type PayoutStatus = keyof typeof PAYOUT_TRANSITIONS;

/** Where a payout is that goes by bank file and is completed here: it waits for the next file, or stood in one. Whether it arrived the bank alone knows. */
export const BANK_FILE_STATES = ["waiting", "handed_out"] as const;
export type BankFileState = (typeof BANK_FILE_STATES)[number];

/** States from which `to` may be reached: for the `where` of the one statement that moves a payout. */
export const statesBefore = (to: PayoutStatus): PayoutStatus[] =>
  (Object.keys(PAYOUT_TRANSITIONS) as PayoutStatus[]).filter((from) =>
    (PAYOUT_TRANSITIONS[from] as readonly string[]).includes(to),
  );

/** A commission row that may be drawn on: approved, with the part of it that no payout holds. Amounts in minor units. */
export type UnpaidCommission = { readonly id: string; readonly unpaid: bigint };

export type PayoutItem = { readonly commissionId: string; readonly amount: bigint };

export type PayoutQuestion = {
  readonly partnerStatus: string;
  /** The balance `available` in the ledger; what has been reserved by other payouts is no longer in it. */
  readonly available: bigint;
  /** What no payout holds of the approved commissions. */
  readonly explained: bigint;
  /** Undefined asks for everything. */
  readonly requested: bigint | undefined;
  /** The smallest amount that the partner's provider can move in this currency: 1 almost everywhere. */
  readonly step: bigint;
  /** The terms' minimum in this currency; undefined where there is none. */
  readonly minimum: bigint | undefined;
  readonly method: { readonly status: string } | undefined;
  /** An operator may pay below the minimum, and in a currency that has none. */
  readonly isOperator: boolean;
  /** What a transfer in this currency costs, and who bears it; undefined where nothing was set: nothing. */
  readonly fees?: FeeTerms | undefined;
};

export type PayoutDecision =
  | { readonly allowed: true; readonly amount: bigint; readonly fees: Fees }
  | { readonly allowed: false; readonly reason: PayoutRefusal; readonly facts: Readonly<Record<string, unknown>> };

export type PayoutRefusal =
  | "partner_inactive"
  | "partner_suspended"
  | "no_method"
  | "method_not_payable"
  | "nothing_available"
  | "amount_invalid"
  | "amount_indivisible"
  | "above_balance"
  | "below_minimum"
  | "no_minimum"
  | "fee_exceeds_amount";

/** Whether a payout may be made, and of how much. */
export function decidePayout(question: PayoutQuestion): PayoutDecision {
  const refuse = (reason: PayoutRefusal, facts: Readonly<Record<string, unknown>> = {}): PayoutDecision => ({
    allowed: false,
    reason,
    facts,
  });
  const { partnerStatus, method, minimum, requested, step, isOperator } = question;
  if (requested !== undefined && requested <= 0n) return refuse("amount_invalid");
  if (partnerStatus === "suspended") return refuse("partner_suspended");
  // A terminated partner is paid what is left, without a minimum (docs/guides/money-rules.md, "Payouts").
  if (partnerStatus !== "active" && partnerStatus !== "terminated") return refuse("partner_inactive");
  if (method === undefined) return refuse("no_method");
  if (method.status !== "payable") return refuse("method_not_payable", { status: method.status });

  const whole = payableAmount(question);
  const payable = whole - (whole % step);
  if (payable <= 0n) return refuse("nothing_available");
  const amount = requested ?? payable;
  if (amount > payable) return refuse("above_balance", { available: payable });
  if (amount % step !== 0n) return refuse("amount_indivisible", { step });
  if (!isOperator && partnerStatus === "active") {
    if (minimum === undefined) return refuse("no_minimum");
    if (amount < minimum) return refuse("below_minimum", { minimum, available: payable });
  }
  // No minimum, but all of it: each part would cost the programme a fee.
  if (!isOperator && partnerStatus === "terminated" && amount < payable)
    return refuse("below_minimum", { minimum: payable, available: payable });
  const fees = feesOf(question.fees, amount, step);
  if (fees.partner >= amount) return refuse("fee_exceeds_amount", { fee: fees.partner });
  return { allowed: true, amount, fees };
}

/** The largest amount that JSON carries exactly, and so the largest that one payout can be of. */
const PAYOUT_AMOUNT_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * What a payout could take: no more than the ledger has available, and no more than commissions explain. The two differ while a dispute
 * holds a part of a balance that a reversal has already reduced.
 */
export function payableAmount({ available, explained }: Pick<PayoutQuestion, "available" | "explained">): bigint {
  const payable = explained < available ? explained : available;
  return payable < PAYOUT_AMOUNT_MAX ? payable : PAYOUT_AMOUNT_MAX;
}

/**
 * Draws rows in the order given until they sum to `amount`; the last may be taken in part. `open` is what is left to be drawn from the rows that
 * come next. Negative rows come first, then oldest approval, then id (commission rules, "Payouts").
 */
export function drawItems(
  commissions: readonly UnpaidCommission[],
  amount: bigint,
): { readonly items: readonly PayoutItem[]; readonly open: bigint } {
  const items: PayoutItem[] = [];
  let open = amount;
  for (const { id, unpaid } of commissions) {
    if (open === 0n) break;
    const part = unpaid < open ? unpaid : open;
    if (part === 0n) continue;
    items.push({ commissionId: id, amount: part });
    open -= part;
  }
  return { items, open };
}

/** What of a payout reaches the partner. */
export const netAmount = (payout: { amount: bigint; fee: bigint; tax_withheld: bigint }): bigint =>
  payout.amount - payout.fee - payout.tax_withheld;
