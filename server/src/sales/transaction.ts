/** As many as one request carries; a transaction of this size locks and posts for well under a second. */
export const BATCH_SIZE_MAX = 1_000;

/** What the operator earned from a customer (`payment`, `card`), or what takes it back or gives it back (the reversals). */
export const TRANSACTION_KINDS = ["payment", "card", "refund", "chargeback", "chargeback_won"] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** One event as it is reported. Amounts are in minor units of `currency`; `tax` and `revenue` are 0 where not given. */
export type ReportedTransaction = {
  readonly externalId: string;
  readonly customerExternalId: string;
  readonly kind: TransactionKind;
  readonly amount: bigint;
  readonly currency: string;
  readonly occurredAt: Date;
  /** What a reversal reverses; null for everything else. */
  readonly originalExternalId: string | null;
  readonly tax: bigint;
  readonly revenue: bigint;
  /** What was sold, and where to (ISO 3166-1 alpha-2), where that is said. */
  readonly product?: string | null;
  readonly planCode?: string | null;
  readonly country?: string | null;
  /** Makes the customer where there is none, tied to no partner; otherwise an unknown customer is refused. */
  readonly createCustomer: boolean;
};

/** Who earns on a transaction: the partner whose referral the customer is. Nobody, where all are null. */
export type Attribution = { readonly referralId: string; readonly partnerId: string };

/** A transaction as it is kept. A reversal whose original has not been recorded waits: it has no `originalId` and no attribution. */
export type KeptTransaction = {
  readonly id: string;
  readonly externalId: string;
  readonly customerId: string;
  readonly kind: TransactionKind;
  readonly amount: bigint;
  readonly currency: string;
  readonly tax: bigint;
  readonly revenue: bigint;
  readonly product: string | null;
  readonly planCode: string | null;
  readonly country: string | null;
  readonly occurredAt: Date;
  readonly originalExternalId: string | null;
  readonly originalId: string | null;
  readonly attribution: Attribution | null;
};

/**
 * A transaction that has its place: what `transaction.recorded` reports, in the order in which it is to be assessed. `number` is the place
 * in the partner's recorded sequence; null, with partner and referral, where the customer belonged to nobody.
 */
export type RecordedTransaction = Omit<KeptTransaction, "attribution"> & {
  readonly referralId: string | null;
  readonly partnerId: string | null;
  readonly number: bigint | null;
};
