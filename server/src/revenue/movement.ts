import type { TransactionKind } from "../sales/index.ts";

/** What a billing system told of money, before it is known whose it is. Amounts are in minor units of ISO 4217. */
export type Movement = {
  /** The name of the transaction that it becomes. */
  readonly externalId: string;
  readonly kind: TransactionKind;
  readonly amount: bigint;
  readonly currency: string;
  readonly tax: bigint;
  readonly revenue: bigint;
  /** What was sold, and where to, where the message says one thing. */
  readonly product?: string | null;
  readonly planCode?: string | null;
  readonly country?: string | null;
  readonly occurredAt: Date;
  /** The billing system's own customer. */
  readonly providerCustomerId: string | null;
  /** The customer, where the message names it. */
  readonly customerExternalId: string | null;
  readonly email: string | null;
  /** Of a reversal: the payment and the charge that it is about, which lead to the invoice. */
  readonly paymentIds: readonly string[];
  /** Of a reversal: what it reverses, where the message names it. */
  readonly originalExternalId: string | null;
};

/** Why a movement is not recorded yet. */
export type WaitingReason =
  /** The message names a customer, or its customer is known by name, whom nobody has converted or created here. */
  | "customer_unknown"
  /** Nothing says whose it is. */
  | "customer_unnamed"
  /** Several customers have the e-mail. */
  | "email_ambiguous"
  /** Which invoice the refunded or disputed payment paid has not been told. */
  | "payment_unknown"
  /** The invoice or dispute that it reverses has not been recorded. */
  | "original_missing";

/** Why an operator should look at a movement that is not to be recorded. */
export type NoticeReason =
  /** A charge says that more was refunded than refunds were told of. */
  | "refunds_untold"
  /** A refund that was recorded has failed afterwards: the money is back, the commission is not. */
  | "refund_failed";

export type MovementStatus = "waiting" | "recorded" | "refused" | "notice" | "explained" | "forgotten";

export type KeptMovement = Movement & { readonly id: string };

export type Notice = Movement & { readonly reason: NoticeReason };

/** What one message teaches and tells. Each part is stored in any order, and again, with the same result. */
export type News = {
  /** Who a billing system's customer is. `at` is when the message was made. */
  readonly customers: readonly LearntCustomer[];
  readonly payments: readonly { readonly paymentId: string; readonly invoiceId: string }[];
  readonly movements: readonly Movement[];
  readonly notices: readonly Notice[];
};

export type LearntCustomer = {
  readonly providerId: string;
  readonly customerExternalId: string | null;
  readonly email: string | null;
  readonly at: Date;
};

export const NO_NEWS: News = { customers: [], payments: [], movements: [], notices: [] };
