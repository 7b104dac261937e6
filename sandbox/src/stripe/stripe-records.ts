import type { Stripe } from "stripe";
import type { Task } from "./agenda.ts";
import type { Entry } from "./balances.ts";
import type { BankOutcome } from "./bank-accounts.ts";
import type { InvoiceFigures } from "./billing/billing-objects.ts";
import type { StoredAnswer } from "./idempotency.ts";
import type { StandingName } from "./standings.ts";

export type AccountRecord = {
  readonly id: string;
  readonly account: Stripe.Account;
  readonly standing: StandingName;
  /** Its holder has disconnected the platform: the API denies that it exists. */
  readonly isDisconnected: boolean;
};

/** A link into onboarding. Opened once, it becomes a session; its token is then worth nothing. */
export type AccountLinkRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly expiresMs: number;
  readonly returnUrl: string;
  readonly refreshUrl: string;
  /** Of the one visit that the link was good for. */
  readonly sessionId: string | null;
};

/** A payout with the connected account that it leaves, and what will become of it at the bank that it was sent to. */
export type PayoutRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly outcome: BankOutcome;
  readonly payout: Stripe.Payout;
};

export type SubscriptionRecord = {
  readonly id: string;
  readonly subscription: Stripe.Subscription;
  /** What it asks for each month. */
  readonly figures: InvoiceFigures;
};

/** An invoice with the charge that paid it; none where nothing was due. */
export type InvoiceRecord = {
  readonly id: string;
  readonly invoice: Stripe.Invoice;
  readonly chargeId: string | null;
};

/** An event, as it was when it happened. */
export type EventRecord = Omit<Stripe.EventBase, "data" | "type"> & {
  readonly data: { readonly object: object; readonly previous_attributes?: object };
  readonly type: string;
};

export type EndpointRecord = {
  readonly id: string;
  readonly endpoint: Stripe.WebhookEndpoint;
  readonly secret: string;
  /** Told about connected accounts, instead of about the platform. */
  readonly isConnect: boolean;
};

/** One event for one endpoint, until it is taken or given up. Kept, so that a restart goes on with it. */
export type Delivery = {
  readonly id: string;
  readonly eventId: string;
  readonly endpointId: string;
  readonly attempts: number;
};

/** Everything that the stand-in remembers. Records are replaced, never changed in place. */
export type StripeKinds = {
  accounts: AccountRecord;
  accountLinks: AccountLinkRecord;
  transfers: Stripe.Transfer;
  reversals: Stripe.TransferReversal;
  payouts: PayoutRecord;
  topups: Stripe.Topup;
  customers: Stripe.Customer;
  subscriptions: SubscriptionRecord;
  invoices: InvoiceRecord;
  charges: Stripe.Charge;
  refunds: Stripe.Refund;
  disputes: Stripe.Dispute;
  entries: Entry;
  events: EventRecord;
  endpoints: EndpointRecord;
  deliveries: Delivery;
  answers: StoredAnswer;
  tasks: Task;
};

/** The names of the collections, each once: the compiler sees to it that none is missing. */
export const STRIPE_KINDS = Object.keys({
  accounts: 0,
  accountLinks: 0,
  transfers: 0,
  reversals: 0,
  payouts: 0,
  topups: 0,
  customers: 0,
  subscriptions: 0,
  invoices: 0,
  charges: 0,
  refunds: 0,
  disputes: 0,
  entries: 0,
  events: 0,
  endpoints: 0,
  deliveries: 0,
  answers: 0,
  tasks: 0,
} satisfies Record<keyof StripeKinds, 0>) as readonly (keyof StripeKinds)[];
