import type { Stripe } from "stripe";
import { newId, toSeconds } from "../ids.ts";

// Objects as the SDK's types describe them for its API version: the compiler holds them against these.

/** A customer of the platform's own. */
export const makeCustomer = (input: {
  readonly email: string | null;
  readonly metadata: Stripe.Metadata;
  readonly at: Date;
}): Stripe.Customer => ({
  id: newId("cus", 14),
  object: "customer",
  address: null,
  balance: 0,
  created: toSeconds(input.at),
  currency: null,
  default_source: null,
  delinquent: false,
  description: null,
  discount: null,
  email: input.email,
  invoice_prefix: newId("x", 8).slice(2).toUpperCase(),
  invoice_settings: {
    custom_fields: null,
    default_payment_method: null,
    footer: null,
    rendering_options: null,
  },
  livemode: false,
  metadata: input.metadata,
  name: null,
  next_invoice_sequence: 1,
  phone: null,
  preferred_locales: [],
  shipping: null,
  tax_exempt: "none",
  test_clock: null,
});

/** An active subscription; what it sells is not modelled, so it lists no items. */
export const makeSubscription = (input: {
  readonly customer: string;
  readonly currency: string;
  readonly metadata: Stripe.Metadata;
  readonly at: Date;
}): Stripe.Subscription => {
  const id = newId("sub");
  const created = toSeconds(input.at);
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: "classic" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: null,
    collection_method: "charge_automatically",
    created,
    currency: input.currency,
    customer: input.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: created,
    status: "active",
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
};

/** What an invoice asks for, in minor units as Stripe writes them. */
export type InvoiceFigures = {
  /** Before discount and tax. */
  readonly subtotal: number;
  readonly discount: number;
  readonly tax: number;
  /** What the customer's credit balance pays of it. */
  readonly credit: number;
};

/** A paid invoice of a subscription. */
export const makeInvoice = (input: {
  readonly subscription: Stripe.Subscription;
  readonly customer: Stripe.Customer;
  readonly figures: InvoiceFigures;
  readonly reason: Stripe.Invoice.BillingReason;
  readonly at: Date;
}): Stripe.Invoice => {
  const { subscription, customer, figures, reason } = input;
  const { subtotal, discount, tax, credit } = figures;
  const id = newId("in");
  const at = toSeconds(input.at);
  const total = subtotal - discount + tax;
  const due = Math.max(0, total - credit);
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Sandbox",
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: due,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: due > 0 ? 1 : 0,
    attempted: true,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: at,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: null,
    customer_email: customer.email,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: at,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: `${customer.invoice_prefix ?? ""}-0001`,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: at,
    period_start: at,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: -credit,
    statement_descriptor: null,
    status: "paid",
    status_transitions: { finalized_at: at, marked_uncollectible_at: null, paid_at: at, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total - tax,
    total_pretax_credit_amounts: [],
    total_taxes:
      tax === 0
        ? []
        : [
            {
              amount: tax,
              tax_behavior: "exclusive",
              tax_rate_details: null,
              taxability_reason: "standard_rated",
              taxable_amount: subtotal - discount,
              type: "tax_rate_details",
            },
          ],
    webhooks_delivered_at: at,
  };
};

/** What ties a payment intent to the invoice that it paid: since 2025-03-31 neither names the other. */
export const makeInvoicePayment = (
  invoice: Stripe.Invoice,
  paymentIntent: string,
  at: Date,
): Stripe.InvoicePayment => ({
  id: newId("inpay"),
  object: "invoice_payment",
  amount_paid: invoice.amount_paid,
  amount_requested: invoice.amount_due,
  created: toSeconds(at),
  currency: invoice.currency,
  invoice: invoice.id,
  is_default: true,
  livemode: false,
  payment: { payment_intent: paymentIntent, type: "payment_intent" },
  status: "paid",
  status_transitions: { canceled_at: null, paid_at: toSeconds(at) },
});

/** A charge that succeeded. */
export const makeCharge = (invoice: Stripe.Invoice, customer: Stripe.Customer, at: Date): Stripe.Charge => ({
  id: newId("ch"),
  object: "charge",
  amount: invoice.amount_paid,
  amount_captured: invoice.amount_paid,
  amount_refunded: 0,
  application: null,
  application_fee: null,
  application_fee_amount: null,
  balance_transaction: newId("txn"),
  billing_details: { address: null, email: customer.email, name: null, phone: null, tax_id: null },
  calculated_statement_descriptor: "SANDBOX",
  captured: true,
  created: toSeconds(at),
  currency: invoice.currency,
  customer: customer.id,
  description: "Subscription update",
  disputed: false,
  failure_balance_transaction: null,
  failure_code: null,
  failure_message: null,
  fraud_details: {},
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  outcome: null,
  paid: true,
  payment_intent: newId("pi"),
  payment_method: newId("pm"),
  payment_method_details: null,
  receipt_email: null,
  receipt_number: null,
  receipt_url: null,
  refunded: false,
  review: null,
  shipping: null,
  source: null,
  source_transfer: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  status: "succeeded",
  transfer_data: null,
  transfer_group: null,
});

/** A refund of part or all of a charge. */
export const makeRefund = (
  charge: Stripe.Charge,
  input: { readonly amount: number; readonly status: "pending" | "succeeded"; readonly at: Date },
): Stripe.Refund => ({
  id: newId("re"),
  object: "refund",
  amount: input.amount,
  balance_transaction: newId("txn"),
  charge: charge.id,
  created: toSeconds(input.at),
  currency: charge.currency,
  customer: charge.customer,
  customer_account: null,
  metadata: {},
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  reason: "requested_by_customer",
  receipt_number: null,
  source_transfer_reversal: null,
  status: input.status,
  transfer_reversal: null,
});

const NO_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};

/** A dispute, or the inquiry before one. */
export const makeDispute = (
  charge: Stripe.Charge,
  input: { readonly amount: number; readonly isInquiry: boolean; readonly at: Date },
): Stripe.Dispute => ({
  id: newId("du"),
  object: "dispute",
  amount: input.amount,
  balance_transactions: [],
  charge: charge.id,
  created: toSeconds(input.at),
  currency: charge.currency,
  enhanced_eligibility_types: [],
  evidence: NO_EVIDENCE,
  evidence_details: {
    due_by: null,
    enhanced_eligibility: {},
    has_evidence: false,
    past_due: false,
    submission_count: 0,
    submission_method: "not_submitted",
  },
  intended_submission_method: null,
  is_charge_refundable: input.isInquiry,
  livemode: false,
  metadata: {},
  payment_intent: charge.payment_intent,
  reason: "fraudulent",
  status: input.isInquiry ? "warning_needs_response" : "needs_response",
});
