import type { Stripe } from "stripe";
import { isCountry } from "../kernel/country.ts";
import { isExternalId } from "../kernel/external-id.ts";
import { roundHalfAwayFromZero } from "../kernel/money.ts";
import { fromStripeAmount } from "../payouts/index.ts";
import { type LearntCustomer, type Movement, type News, NO_NEWS, type Notice } from "./movement.ts";

/** A Stripe event as its signature let it in. Endpoints keep the API version that they were made with: `object` may be of an older one. */
export type StripeMessage = {
  readonly id: string;
  /** Set where it is an event of a connected account: another's money, such as a partner's own, of which no source tells. */
  readonly account?: string | null;
  readonly type: string;
  readonly created: number;
  readonly data: { readonly object: object };
};

/** Under this name the operator's metadata says whose a Stripe customer, subscription or invoice is. */
export const CUSTOMER_METADATA = "tributary_customer";

/** Fields that invoices had before 2025-03-31 (Basil). */
type OlderInvoice = {
  readonly charge?: string | null;
  readonly payment_intent?: string | null;
  readonly tax?: number | null;
  readonly total_tax_amounts?: readonly { readonly amount: number }[] | null;
  readonly subscription_details?: { readonly metadata?: Metadata } | null;
};
type OlderCharge = { readonly invoice?: string | null };
type Metadata = Readonly<Record<string, string>> | null;
type Reference = string | { readonly id: string } | null | undefined;

/**
 * What a message of Stripe Billing teaches and tells. Each message is read by itself, whatever came before it, so that their order and
 * number change nothing.
 */
export function newsOf(message: StripeMessage): News {
  const { type } = message;
  const { object } = message.data;
  if (message.account != null) return NO_NEWS;
  if (type === "invoice.paid") return invoiceNews(message, object as Stripe.Invoice & OlderInvoice);
  if (type === "invoice_payment.paid") return invoicePaymentNews(object as Stripe.InvoicePayment);
  if (type === "charge.refunded") return chargeNews(object as Stripe.Charge & OlderCharge);
  if (type.startsWith("refund.") || type === "charge.refund.updated") return refundNews(object as Stripe.Refund);
  if (type.startsWith("charge.dispute.")) return disputeNews(message, object as Stripe.Dispute);
  if (type.startsWith("customer.subscription.")) return subscriptionNews(message, object as Stripe.Subscription);
  if (type === "customer.created" || type === "customer.updated")
    return customerNews(message, object as Stripe.Customer);
  return NO_NEWS;
}

/** Revenue is what was paid, tax included; of the tax, the part that the paid part of the total holds. */
function invoiceNews(message: StripeMessage, invoice: Stripe.Invoice & OlderInvoice): News {
  const at = atSecond(message.created);
  const currency = invoice.currency.toUpperCase();
  const amount = fromStripeAmount(invoice.amount_paid, currency);
  const providerCustomerId = idOf(invoice.customer);
  const ofSubscription =
    nameIn(invoice.parent?.subscription_details?.metadata ?? null) ??
    nameIn(invoice.subscription_details?.metadata ?? null);
  // Its own metadata says whose this invoice is, and nothing of the customer's others.
  const customerExternalId = nameIn(invoice.metadata) ?? ofSubscription;
  const email = emailOf(invoice.customer_email);
  // The subscription's is as it was when the invoice was made, which may have been paid long after.
  const made = atSecond(invoice.created ?? message.created);
  const customers = [
    ...learnt({ providerId: providerCustomerId, customerExternalId: ofSubscription, email: null, at: made }),
    ...learnt({ providerId: providerCustomerId, customerExternalId: null, email, at }),
  ];
  const paid = [invoice.payment_intent, invoice.charge, ...(invoice.payments?.data ?? []).flatMap(paymentIdsOf)];
  const payments = known(paid).map((paymentId) => ({ paymentId, invoiceId: invoice.id }));
  // A trial, or an invoice that a discount or a credit balance covers: nothing was earned.
  if (amount <= 0n) return { ...NO_NEWS, customers, payments };
  const movement: Movement = {
    externalId: invoice.id,
    kind: "payment",
    amount,
    currency,
    tax: taxOf(invoice, amount),
    revenue: 0n,
    ...soldBy(invoice),
    occurredAt: inSecond(invoice.status_transitions.paid_at ?? message.created),
    providerCustomerId,
    customerExternalId,
    email,
    paymentIds: [],
    originalExternalId: null,
  };
  return { customers, payments, movements: [movement], notices: [] };
}

/** Fields that lines had before 2025-03-31 (Basil). */
type OlderLine = { readonly price?: { readonly id: string; readonly product: Reference } | null };

/** What an invoice sold, where all its lines are told and sell one thing, and where its customer is. Products and prices go by their Stripe ids. */
function soldBy(invoice: Stripe.Invoice): Pick<Movement, "product" | "planCode" | "country"> {
  const lines = (invoice.lines?.data ?? []) as (Stripe.InvoiceLineItem & OlderLine)[];
  // An id alone, as these two are in the messages, or with what it names.
  const prices = lines.map(({ pricing, price }) => idOf(pricing?.price_details?.price ?? price));
  const products = lines.map(({ pricing, price }) => idOf(pricing?.price_details?.product ?? price?.product));
  const country = invoice.customer_address?.country ?? "";
  const sold = invoice.lines?.has_more
    ? { product: null, planCode: null }
    : { product: onlyOf(products), planCode: onlyOf(prices) };
  return { ...sold, country: isCountry(country) ? country : null };
}

/** The one value of all; null where there are several, or none. */
const onlyOf = (values: readonly (string | null)[]): string | null =>
  new Set(values).size === 1 ? (values[0] ?? null) : null;

function taxOf(invoice: Stripe.Invoice & OlderInvoice, paid: bigint): bigint {
  const lines = invoice.total_taxes ?? invoice.total_tax_amounts;
  const whole = lines ? lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n) : BigInt(invoice.tax ?? 0);
  const tax = fromStripeAmount(Number(whole), invoice.currency);
  const total = fromStripeAmount(invoice.total, invoice.currency);
  if (tax <= 0n || total <= 0n) return 0n;
  const part = paid < total ? roundHalfAwayFromZero(tax * paid, total) : tax;
  return part < paid ? part : paid;
}

function invoicePaymentNews(payment: Stripe.InvoicePayment): News {
  const invoiceId = idOf(payment.invoice);
  if (invoiceId === null) return NO_NEWS;
  const payments = known(paymentIdsOf(payment)).map((paymentId) => ({ paymentId, invoiceId }));
  return { ...NO_NEWS, payments };
}

const paymentIdsOf = ({ payment }: Stripe.InvoicePayment): (string | null)[] => [
  idOf(payment.payment_intent),
  idOf(payment.charge),
];

/** Says how much of a charge was refunded in all; its refunds tell of themselves, in events of their own or (of old) inside it. */
function chargeNews(charge: Stripe.Charge & OlderCharge): News {
  const paymentIds = known([idOf(charge.payment_intent), charge.id]);
  const payments = charge.invoice ? paymentIds.map((id) => ({ paymentId: id, invoiceId: charge.invoice ?? "" })) : [];
  const movements = (charge.refunds?.data ?? []).flatMap((refund) => refundNews(refund).movements);
  const notice: Notice = {
    ...reversal("refund", { amount: charge.amount_refunded, currency: charge.currency, created: charge.created }),
    externalId: `${charge.id}:refunded`,
    providerCustomerId: idOf(charge.customer),
    paymentIds,
    reason: "refunds_untold",
  };
  return { customers: [], payments, movements, notices: charge.amount_refunded > 0 ? [notice] : [] };
}

/** A refund counts when its money has gone. One that fails after that is for a person: no transaction gives a refund back. */
function refundNews(refund: Stripe.Refund): News {
  const movement: Movement = {
    ...reversal("refund", refund),
    externalId: refund.id,
    providerCustomerId: idOf(refund.customer),
    paymentIds: known([idOf(refund.payment_intent), idOf(refund.charge)]),
  };
  if (refund.status === "succeeded") return { ...NO_NEWS, movements: [movement] };
  if (refund.status !== "failed") return NO_NEWS;
  const notice: Notice = { ...movement, externalId: `${refund.id}:failed`, reason: "refund_failed" };
  return { ...NO_NEWS, notices: [notice] };
}

/** An inquiry takes no money yet; a dispute that was prevented does where it says so. */
const NOTHING_TAKEN: ReadonlySet<string> = new Set([
  "warning_needs_response",
  "warning_under_review",
  "warning_closed",
  "prevented",
]);

function disputeNews(message: StripeMessage, dispute: Stripe.Dispute): News {
  const isTaken = !NOTHING_TAKEN.has(dispute.status) || dispute.balance_transactions.some(({ amount }) => amount < 0);
  if (!isTaken) return NO_NEWS;
  const taken: Movement = {
    ...reversal("chargeback", dispute),
    externalId: dispute.id,
    paymentIds: known([idOf(dispute.payment_intent), idOf(dispute.charge)]),
  };
  // Only its end says when it was won; what else says so comes at another second.
  if (message.type !== "charge.dispute.closed" || dispute.status !== "won") return { ...NO_NEWS, movements: [taken] };
  const won: Movement = {
    ...reversal("chargeback_won", { ...dispute, created: message.created }),
    externalId: `${dispute.id}:won`,
    originalExternalId: dispute.id,
  };
  return { ...NO_NEWS, movements: [taken, won] };
}

/** No money: who the subscription's customer is. A subscription that ends takes nothing back. */
function subscriptionNews({ created }: StripeMessage, subscription: Stripe.Subscription): News {
  const customerExternalId = nameIn(subscription.metadata);
  if (customerExternalId === null) return NO_NEWS;
  const customer = { providerId: idOf(subscription.customer), customerExternalId, email: null, at: atSecond(created) };
  return { ...NO_NEWS, customers: learnt(customer) };
}

function customerNews({ created }: StripeMessage, customer: Stripe.Customer): News {
  const [customerExternalId, email] = [nameIn(customer.metadata), emailOf(customer.email)];
  return {
    ...NO_NEWS,
    customers: learnt({ providerId: customer.id, customerExternalId, email, at: atSecond(created) }),
  };
}

type Told = { readonly amount: number; readonly currency: string; readonly created: number };

const reversal = (kind: Movement["kind"], { amount, currency, created }: Told): Omit<Movement, "externalId"> => ({
  kind,
  amount: fromStripeAmount(amount, currency),
  currency: currency.toUpperCase(),
  tax: 0n,
  revenue: 0n,
  occurredAt: inSecond(created),
  providerCustomerId: null,
  customerExternalId: null,
  email: null,
  paymentIds: [],
  originalExternalId: null,
});

function learnt(
  customer: Omit<LearntCustomer, "providerId"> & { readonly providerId: string | null },
): LearntCustomer[] {
  const { providerId, customerExternalId, email, at } = customer;
  const teaches = providerId !== null && (customerExternalId !== null || email !== null);
  return teaches ? [{ providerId, customerExternalId, email, at }] : [];
}

/**
 * When something happened, of which Stripe tells the second alone: the last moment of it. A customer who is converted and pays within one second has
 * paid after the conversion.
 */
const inSecond = (seconds: number): Date => new Date(seconds * 1_000 + 999);

const atSecond = (seconds: number): Date => new Date(seconds * 1_000);

const idOf = (reference: Reference): string | null =>
  typeof reference === "string" ? reference : (reference?.id ?? null);

const known = (ids: readonly (string | null | undefined)[]): string[] => [
  ...new Set(ids.filter((id): id is string => typeof id === "string" && id !== "")),
];

function nameIn(metadata: Metadata): string | null {
  const name = metadata?.[CUSTOMER_METADATA]?.trim();
  return name !== undefined && isExternalId(name) ? name : null;
}

const emailOf = (email: string | null | undefined): string | null => email?.trim().toLowerCase() || null;
