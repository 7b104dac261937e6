import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY_MS, standingClock } from "../../clock.ts";
import { type StripeSandbox, startStripeSandbox } from "../start-stripe-sandbox.ts";
import { signWebhook } from "../webhook-signature.ts";

const START = new Date("2026-03-01T12:00:00Z");

let stripe: StripeSandbox;
beforeEach(async () => {
  stripe = await startStripeSandbox({ clock: standingClock(START) });
});
afterEach(() => stripe.close());

const types = (): string[] => stripe.events().map(({ type }) => type);

function subscribe(price = { subtotal: 10_000, tax: 2_000 }) {
  const { id } = stripe.billing.createCustomer({ email: "ada@example.com", metadata: { plan: "x" } });
  return stripe.billing.subscribe({ customer: id, currency: "usd", price, metadata: { seat: "1" } });
}

describe("Stripe Billing", () => {
  it("tells of a subscription, its paid invoices and its end, as Stripe would", async () => {
    const { subscription, invoice } = subscribe();
    await stripe.advance(28 * DAY_MS);
    const renewed = stripe.billing.renew(subscription.id, { subtotal: 10_000, discount: 4_000, credit: 1_000 });
    stripe.billing.cancel(subscription.id);
    expect(types()).toEqual([
      "customer.created",
      "customer.subscription.created",
      "invoice.paid",
      "invoice_payment.paid",
      "invoice.paid",
      "invoice_payment.paid",
      "customer.subscription.deleted",
    ]);
    expect(invoice).toMatchObject({ amount_paid: 12_000, total: 12_000, total_taxes: [{ amount: 2_000 }] });
    expect(invoice.parent?.subscription_details?.metadata).toEqual({ seat: "1" });
    expect(renewed).toMatchObject({ total: 6_000, amount_paid: 5_000, billing_reason: "subscription_cycle" });
  });

  it("ties an invoice to its payment by the invoice payment alone, and charges nothing where nothing is due", () => {
    const { invoice } = subscribe();
    const [payment] = stripe.events("invoice_payment.paid").map(({ data }) => data.object as Stripe.InvoicePayment);
    expect(payment).toMatchObject({ invoice: invoice.id, payment: { type: "payment_intent" } });
    const refund = stripe.billing.refund(invoice.id);
    expect(refund.payment_intent).toBe(payment?.payment.payment_intent);
    expect(JSON.stringify(stripe.events("charge.refunded"))).not.toContain(invoice.id);
    const before = types().length;
    subscribe({ subtotal: 0, tax: 0 });
    expect(types().slice(before)).toEqual(["customer.created", "customer.subscription.created", "invoice.paid"]);
  });

  it("refunds in parts, later, and in vain", () => {
    const { invoice } = subscribe();
    stripe.billing.refund(invoice.id, { amount: 2_000 });
    const pending = stripe.billing.refund(invoice.id, { isPending: true });
    expect(pending).toMatchObject({ amount: 10_000, status: "pending" });
    const failed = stripe.billing.settleRefund(pending.id, "failed");
    expect(failed.status).toBe("failed");
    expect(stripe.billing.refund(invoice.id).amount).toBe(10_000);
    expect(types().slice(4)).toEqual([
      "charge.refunded",
      "refund.created",
      "charge.refunded",
      "refund.created",
      "refund.updated",
      "refund.failed",
      "charge.refunded",
      "refund.created",
    ]);
  });

  it("takes disputed money, not that of an inquiry, and gives it back when the dispute is won", () => {
    const [first, second] = [subscribe().invoice, subscribe().invoice];
    const dispute = stripe.billing.dispute(first.id);
    expect(dispute.balance_transactions.map(({ amount }) => amount)).toEqual([-12_000]);
    const won = stripe.billing.closeDispute(dispute.id, "won");
    expect(won.balance_transactions.map(({ amount }) => amount)).toEqual([-12_000, 12_000]);
    const inquiry = stripe.billing.dispute(second.id, { amount: 5_000, isInquiry: true });
    expect(inquiry).toMatchObject({ status: "warning_needs_response", balance_transactions: [] });
    expect(stripe.billing.escalate(inquiry.id)).toMatchObject({ status: "needs_response" });
    expect(stripe.billing.closeDispute(inquiry.id, "lost").balance_transactions).toHaveLength(1);
    expect(() => stripe.billing.closeDispute("du_gone", "lost")).toThrow("No such dispute");
  });

  it("signs what it tells as the SDK expects", () => {
    subscribe();
    const [event] = stripe.events("invoice.paid");
    const payload = JSON.stringify(event);
    const header = signWebhook({ payload, secret: "whsec_x", at: new Date() });
    const read = new Stripe("sk_test_x").webhooks.constructEvent(payload, header, "whsec_x");
    expect(read).toMatchObject({ type: "invoice.paid", api_version: "2026-10-28.endive" });
  });
});

describe("over HTTP", () => {
  const control = async (path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${stripe.url}/_control/billing/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it("every act can be asked for, and a body that does not fit is refused", async () => {
    const customer = await control("createCustomer", { email: "ada@example.com" });
    const begun = await control("subscribe", {
      customer: customer.body["id"],
      currency: "usd",
      price: { subtotal: 1_000 },
    });
    const { invoice } = begun.body as { invoice: { id: string } };
    const refund = await control("refund", { id: invoice.id, amount: 100 });
    expect(refund.body).toMatchObject({ object: "refund", amount: 100 });
    expect((await control("refund", { amount: 100 })).status).toBe(400);
    expect((await control("explode", {})).status).toBe(404);
  });
});
