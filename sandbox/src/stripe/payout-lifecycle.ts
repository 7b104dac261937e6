import type { Stripe } from "stripe";
import { DAY_MS, HOUR_MS } from "../clock.ts";
import { refuseBank } from "./account-standing.ts";
import { invalidParameter } from "./api-error.ts";
import { outcomeOf } from "./bank-accounts.ts";
import { bankAccountOf } from "./external-accounts.ts";
import { newId, toSeconds } from "./ids.ts";
import type { Metadata } from "./parameters.ts";
import type { AccountRecord, PayoutRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";

export const PAYOUT_SUBMIT = "payout.submit";
export const PAYOUT_ARRIVE = "payout.arrive";
export const PAYOUT_RETURN = "payout.return";

/** When a payout goes to the bank, is expected there, and can still come back (within five business days). */
const SUBMITTED_AFTER_MS = 12 * HOUR_MS;
const ARRIVES_AFTER_MS = 2 * DAY_MS;
const RETURNED_AFTER_MS = 5 * DAY_MS;

/** The states of a payout: https://docs.stripe.com/api/payouts/object. Paid is not the end: a bank may return it. */
const NEXT = {
  pending: ["in_transit", "paid", "failed", "canceled"],
  in_transit: ["paid", "failed"],
  paid: ["failed"],
  failed: [],
  canceled: [],
} as const satisfies Record<string, readonly string[]>;

type Status = keyof typeof NEXT;
export type PayoutMove = "in_transit" | "paid" | "canceled" | { readonly failed: string };

const EVENTS = {
  pending: "payout.created",
  in_transit: "payout.updated",
  paid: "payout.paid",
  failed: "payout.failed",
  canceled: "payout.canceled",
} as const satisfies Record<Status, string>;

type Sending = {
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly isAutomatic: boolean;
};

/** Takes the amount from the account's balance and puts the payout on its way. The caller has seen that the amount is there. */
export function sendPayout(world: StripeWorld, record: AccountRecord, sending: Sending): Stripe.Payout {
  const nowMs = world.now().getTime();
  const { amount, currency } = sending;
  const payout: Stripe.Payout = {
    id: newId("po"),
    object: "payout",
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: toSeconds(new Date(nowMs + ARRIVES_AFTER_MS)),
    automatic: sending.isAutomatic,
    balance_transaction: world.balances.post({ accountId: record.id, currency, amount: -amount, availableMs: nowMs }),
    created: toSeconds(world.now()),
    currency,
    description: sending.description,
    destination: bankAccountOf(record.account, currency)?.id ?? null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: sending.metadata,
    method: "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: sending.isAutomatic ? "completed" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: null,
    status: "pending",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  };
  const outcome = outcomeOf(bankAccountOf(record.account, currency)?.last4 ?? "");
  world.records.payouts.put({ id: payout.id, accountId: record.id, outcome, payout });
  const later = (kind: string, afterMs: number): void =>
    world.agenda.schedule({ id: `${kind} ${payout.id}`, kind, subject: payout.id, dueMs: nowMs + afterMs });
  later(PAYOUT_SUBMIT, SUBMITTED_AFTER_MS);
  later(PAYOUT_ARRIVE, ARRIVES_AFTER_MS);
  world.emit({ type: EVENTS.pending, account: record.id, object: payout });
  return payout;
}

/** What happens to a payout by itself. */
export function progressPayout(world: StripeWorld, kind: string, payoutId: string): void {
  const record = world.records.payouts.get(payoutId);
  if (record === undefined) return;
  const { outcome } = record;
  if (kind === PAYOUT_SUBMIT) movePayout(world, record, "in_transit");
  if (kind === PAYOUT_ARRIVE) movePayout(world, record, outcome.kind === "fails" ? { failed: outcome.code } : "paid");
  if (kind === PAYOUT_RETURN && outcome.kind === "returns") movePayout(world, record, { failed: outcome.code });
  if (kind === PAYOUT_ARRIVE && outcome.kind === "returns") {
    const dueMs = world.now().getTime() + RETURNED_AFTER_MS - ARRIVES_AFTER_MS;
    world.agenda.schedule({ id: `${PAYOUT_RETURN} ${payoutId}`, kind: PAYOUT_RETURN, subject: payoutId, dueMs });
  }
}

/** Moves a payout on, books what comes back, and tells the platform. Returns it unmoved where the states do not lead there. */
export function movePayout(world: StripeWorld, record: PayoutRecord, move: PayoutMove): Stripe.Payout {
  const status = typeof move === "string" ? move : "failed";
  const before = record.payout;
  if (!(NEXT[before.status as Status] as readonly string[]).includes(status)) return before;
  const payout: Stripe.Payout = {
    ...before,
    status,
    ...(status === "paid" ? { trace_id: { status: "supported", value: newId("trace") } } : {}),
    ...(typeof move === "object"
      ? { failure_code: move.failed, failure_message: `The bank answered: ${move.failed}.` }
      : {}),
    ...(status === "failed" || status === "canceled" ? { failure_balance_transaction: takeBack(world, record) } : {}),
  };
  world.records.payouts.put({ ...record, payout });
  world.emit({ type: EVENTS[status], account: record.accountId, object: payout, previous: { status: before.status } });
  const holder = world.records.accounts.get(record.accountId);
  if (status === "failed" && holder !== undefined) refuseBank(world, holder);
  return payout;
}

export function cancelPayout(world: StripeWorld, record: PayoutRecord): Stripe.Payout {
  if (record.payout.status !== "pending") {
    throw invalidParameter("payout", "Payouts can only be canceled while they are pending.");
  }
  return movePayout(world, record, "canceled");
}

const takeBack = (world: StripeWorld, { accountId, payout }: PayoutRecord): string =>
  world.balances.post({
    accountId,
    currency: payout.currency,
    amount: payout.amount,
    availableMs: world.now().getTime(),
  });
