import type { Stripe } from "stripe";
import { notFound } from "../api-error.ts";
import type { SubscriptionRecord } from "../stripe-records.ts";
import type { StripeWorld } from "../stripe-world.ts";
import {
  type InvoiceFigures,
  makeCharge,
  makeCustomer,
  makeDispute,
  makeInvoice,
  makeInvoicePayment,
  makeRefund,
  makeSubscription,
} from "./billing-objects.ts";

/** Minor units as Stripe writes them; what is not given is nothing. */
export type Price = Partial<InvoiceFigures> & { readonly subtotal: number };

/** What customers do with their subscriptions. Each call tells the platform's endpoints what Stripe would. */
export type Billing = {
  createCustomer(input?: { readonly email?: string; readonly metadata?: Stripe.Metadata }): Stripe.Customer;
  /** A subscription begins and its first invoice is paid. */
  subscribe(input: {
    readonly customer: string;
    readonly currency: string;
    readonly price: Price;
    readonly metadata?: Stripe.Metadata;
  }): { readonly subscription: Stripe.Subscription; readonly invoice: Stripe.Invoice };
  /** The next invoice is paid; at another price where one is given. */
  renew(subscriptionId: string, price?: Price): Stripe.Invoice;
  cancel(subscriptionId: string): Stripe.Subscription;
  /** Refunds what is given, or all that is left. One that is pending ends by `settleRefund`. */
  refund(invoiceId: string, options?: { readonly amount?: number; readonly isPending?: boolean }): Stripe.Refund;
  /** A pending refund succeeds; one fails, also after it had succeeded. */
  settleRefund(refundId: string, outcome: "succeeded" | "failed"): Stripe.Refund;
  /** The payment is disputed; an inquiry takes no money yet. */
  dispute(invoiceId: string, options?: { readonly amount?: number; readonly isInquiry?: boolean }): Stripe.Dispute;
  /** An inquiry becomes a dispute. */
  escalate(disputeId: string): Stripe.Dispute;
  closeDispute(disputeId: string, outcome: "won" | "lost" | "warning_closed"): Stripe.Dispute;
};

/** Makes the lifecycles of Stripe Billing over the stand-in's records. */
export function createBilling(world: StripeWorld, atomically: <T>(work: () => T) => T): Billing {
  const { customers, subscriptions, invoices, charges, refunds, disputes } = world.records;

  const found = <T>(record: T | undefined, kind: string, id: string): T => {
    if (record === undefined) throw notFound(kind, id);
    return record;
  };
  const chargeOf = (invoiceId: string): Stripe.Charge => {
    const { chargeId } = found(invoices.get(invoiceId), "invoice", invoiceId);
    return found(charges.get(chargeId ?? ""), "charge", chargeId ?? "");
  };

  /** An invoice is made and paid at once. */
  function invoice(record: SubscriptionRecord, reason: Stripe.Invoice.BillingReason): Stripe.Invoice {
    const customerId = idOf(record.subscription.customer);
    const customer = found(customers.get(customerId), "customer", customerId);
    const at = world.now();
    const made = makeInvoice({ ...record, customer, reason, at });
    const charge = made.amount_paid > 0 ? charges.put(makeCharge(made, customer, at)) : undefined;
    invoices.put({ id: made.id, invoice: made, chargeId: charge?.id ?? null });
    world.emit({ type: "invoice.paid", object: made });
    if (charge !== undefined) {
      world.emit({
        type: "invoice_payment.paid",
        object: makeInvoicePayment(made, idOf(charge.payment_intent ?? ""), at),
      });
    }
    return made;
  }

  /** A charge is refunded by so much more, or less. */
  function refunded(charge: Stripe.Charge, amount: number): void {
    const total = charge.amount_refunded + amount;
    const after = charges.put({ ...charge, amount_refunded: total, refunded: total === charge.amount });
    const previous = { amount_refunded: charge.amount_refunded };
    if (amount > 0) world.emit({ type: "charge.refunded", object: after, previous });
  }

  /** The bank takes the disputed money, or gives it back. */
  function moveFunds(dispute: Stripe.Dispute, amount: number): Stripe.Dispute {
    const at = Math.floor(world.now().getTime() / 1_000);
    const moved: Stripe.BalanceTransaction = {
      id: `txn_${dispute.id}_${dispute.balance_transactions.length}`,
      object: "balance_transaction",
      amount,
      available_on: at,
      balance_type: "payments",
      created: at,
      currency: dispute.currency,
      description: null,
      exchange_rate: null,
      fee: 0,
      fee_details: [],
      net: amount,
      reporting_category: amount < 0 ? "dispute" : "dispute_reversal",
      source: dispute.id,
      status: "available",
      type: "adjustment",
    };
    return disputes.put({ ...dispute, balance_transactions: [...dispute.balance_transactions, moved] });
  }

  function takeFunds(dispute: Stripe.Dispute): Stripe.Dispute {
    const taken = moveFunds(dispute, -dispute.amount);
    world.emit({ type: "charge.dispute.funds_withdrawn", object: taken });
    return taken;
  }

  const acts: Billing = {
    createCustomer({ email, metadata = {} } = {}) {
      const customer = customers.put(makeCustomer({ email: email ?? null, metadata, at: world.now() }));
      world.emit({ type: "customer.created", object: customer });
      return customer;
    },
    subscribe({ customer, currency, price, metadata = {} }) {
      const subscription = makeSubscription({ customer, currency, metadata, at: world.now() });
      const record = subscriptions.put({ id: subscription.id, subscription, figures: figuresOf(price) });
      world.emit({ type: "customer.subscription.created", object: subscription });
      return { subscription, invoice: invoice(record, "subscription_create") };
    },
    renew(subscriptionId, price) {
      const record = found(subscriptions.get(subscriptionId), "subscription", subscriptionId);
      const figures = price === undefined ? record.figures : figuresOf(price);
      return invoice({ ...record, figures }, "subscription_cycle");
    },
    cancel(subscriptionId) {
      const record = found(subscriptions.get(subscriptionId), "subscription", subscriptionId);
      const at = Math.floor(world.now().getTime() / 1_000);
      const ended: Stripe.Subscription = { ...record.subscription, status: "canceled", canceled_at: at, ended_at: at };
      subscriptions.put({ ...record, subscription: ended });
      world.emit({ type: "customer.subscription.deleted", object: ended });
      return ended;
    },
    refund(invoiceId, { amount, isPending = false } = {}) {
      const charge = chargeOf(invoiceId);
      const status = isPending ? "pending" : "succeeded";
      const wanted = amount ?? charge.amount - charge.amount_refunded;
      const refund = refunds.put(makeRefund(charge, { amount: wanted, status, at: world.now() }));
      refunded(charge, wanted);
      world.emit({ type: "refund.created", object: refund });
      return refund;
    },
    settleRefund(refundId, outcome) {
      const before = found(refunds.get(refundId), "refund", refundId);
      const after = refunds.put({
        ...before,
        status: outcome,
        ...(outcome === "failed" ? { failure_reason: "unknown", failure_balance_transaction: `txn_${refundId}` } : {}),
      });
      if (outcome === "failed") refunded(found(charges.get(idOf(before.charge ?? "")), "charge", ""), -before.amount);
      const previous = { status: before.status };
      world.emit({ type: "refund.updated", object: after, previous });
      if (outcome === "failed") world.emit({ type: "refund.failed", object: after });
      return after;
    },
    dispute(invoiceId, { amount, isInquiry = false } = {}) {
      const charge = chargeOf(invoiceId);
      charges.put({ ...charge, disputed: true });
      const made = disputes.put(makeDispute(charge, { amount: amount ?? charge.amount, isInquiry, at: world.now() }));
      world.emit({ type: "charge.dispute.created", object: made });
      return isInquiry ? made : takeFunds(made);
    },
    escalate(disputeId) {
      const before = found(disputes.get(disputeId), "dispute", disputeId);
      const after = disputes.put({ ...before, status: "needs_response", is_charge_refundable: false });
      world.emit({ type: "charge.dispute.updated", object: after, previous: { status: before.status } });
      return takeFunds(after);
    },
    closeDispute(disputeId, outcome) {
      const before = found(disputes.get(disputeId), "dispute", disputeId);
      const closed = disputes.put({ ...before, status: outcome });
      const after = outcome === "won" ? moveFunds(closed, closed.amount) : closed;
      if (outcome === "won") world.emit({ type: "charge.dispute.funds_reinstated", object: after });
      world.emit({ type: "charge.dispute.closed", object: after });
      return after;
    },
  };
  return keptAsOne(acts, atomically);
}

/** Each act is kept whole or not at all, and hands out a copy. */
function keptAsOne(acts: Billing, atomically: <T>(work: () => T) => T): Billing {
  const wrapped = Object.entries(acts).map(([name, act]) => [
    name,
    (...input: never[]) => structuredClone(atomically(() => (act as (...given: never[]) => unknown)(...input))),
  ]);
  return Object.fromEntries(wrapped) as Billing;
}

const figuresOf = ({ subtotal, discount = 0, tax = 0, credit = 0 }: Price): InvoiceFigures => ({
  subtotal,
  discount,
  tax,
  credit,
});

const idOf = (reference: string | { readonly id: string }): string =>
  typeof reference === "string" ? reference : reference.id;
