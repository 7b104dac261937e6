import type { Stripe } from "stripe";
import type { RecordStore } from "../records/record-store.ts";
import type { AccountLinkRecord } from "./account-links.ts";
import type { AccountRecord } from "./accounts.ts";
import type { Agenda, Task } from "./agenda.ts";
import type { Balances, Entry } from "./balances.ts";
import type { InvoiceRecord, SubscriptionRecord } from "./billing/billing.ts";
import type { EventRecord } from "./events.ts";
import type { StoredAnswer } from "./idempotency.ts";
import type { PayoutRecord } from "./payouts.ts";
import type { Delivery } from "./webhook-delivery.ts";
import type { EndpointRecord } from "./webhook-endpoints.ts";

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

/** The request that an act is done for; null where it happens by itself. */
export type Cause = { readonly requestId: string; readonly idempotencyKey: string | null } | null;

export type News = {
  readonly type: string;
  readonly object: object;
  /** The connected account that it is about, whose endpoints are told; absent for what is the platform's own. */
  readonly account?: string;
  readonly previous?: object;
};

/** What operations work on. They are synchronous: what one request does, no other sees half done. */
export type StripeWorld = {
  readonly records: RecordStore<StripeKinds>;
  readonly balances: Balances;
  readonly agenda: Agenda;
  readonly secretKey: string;
  /** Where the stand-in can be reached: for links. */
  baseUrl(): string;
  now(): Date;
  emit(news: News): void;
};
