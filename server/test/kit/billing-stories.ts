import type { EventRecord } from "@tributary/sandbox";
import fc from "fast-check";
import type { StripeMessage } from "../../src/revenue/stripe-news.ts";
import type { MoneyIn } from "./money-in.ts";

const ACTS = [
  "renew",
  "renew",
  "refund",
  "refundAll",
  "pending",
  "fail",
  "dispute",
  "inquiry",
  "win",
  "lose",
  "end",
  "wait",
] as const;

/** One act of two customers at Stripe, with numbers that choose what it is done to and how much. */
export const billingStep = fc.record({
  act: fc.constantFrom(...ACTS),
  pick: fc.nat(99),
  amount: fc.integer({ min: 1, max: 3_000 }),
});
export type BillingStep = typeof billingStep extends fc.Arbitrary<infer One> ? One : never;

/** What the two customers of a story are called; each partner that hears of it has its own, with a mark behind. */
export const STORY_CUSTOMERS = ["one", "two"] as const;

/** Two customers live at Stripe, as the steps say; what Stripe tells of it, in its order. */
export async function liveAtStripe(money: MoneyIn, steps: readonly BillingStep[]): Promise<EventRecord[]> {
  const { billing } = money.stripe;
  const subscriptions: string[] = [];
  const ended = new Set<string>();
  const invoices: { id: string; left: number }[] = [];
  const [refunds, disputes]: [string[], string[]] = [[], []];
  for (const name of STORY_CUSTOMERS) {
    const { id } = billing.createCustomer({ metadata: { tributary_customer: name } });
    const begun = billing.subscribe({ customer: id, currency: "usd", price: { subtotal: 3_000, tax: 300 } });
    subscriptions.push(begun.subscription.id);
    invoices.push({ id: begun.invoice.id, left: 3_300 });
    await money.pass(1);
  }
  for (const { act, pick, amount } of steps) {
    const invoice = invoices[pick % invoices.length];
    const subscription = subscriptions[pick % 2];
    if (invoice === undefined || subscription === undefined) throw new Error("there are invoices and subscriptions");
    const some = Math.min(invoice.left, amount);
    if (act === "renew" && !ended.has(subscription)) {
      const renewed = billing.renew(subscription);
      invoices.push({ id: renewed.id, left: renewed.amount_paid });
    }
    if ((act === "refund" || act === "pending") && some > 0) {
      const isPending = act === "pending";
      refunds.push(billing.refund(invoice.id, { amount: some, isPending }).id);
      invoice.left -= some;
    }
    if (act === "refundAll" && invoice.left > 0) {
      billing.refund(invoice.id);
      invoice.left = 0;
    }
    const refund = refunds.pop();
    if (act === "fail" && refund !== undefined) billing.settleRefund(refund, pick % 2 === 0 ? "failed" : "succeeded");
    else if (refund !== undefined) refunds.push(refund);
    if (act === "dispute" || act === "inquiry") {
      disputes.push(billing.dispute(invoice.id, { isInquiry: act === "inquiry" }).id);
    }
    const dispute = act === "win" || act === "lose" ? disputes.pop() : undefined;
    if (dispute !== undefined) billing.closeDispute(dispute, act === "win" ? "won" : "lost");
    if (act === "end" && !ended.has(subscription)) {
      billing.cancel(subscription);
      ended.add(subscription);
    }
    // No two acts in one second: which came first is then a fact.
    await money.pass(act === "wait" ? 20 : 3);
  }
  return money.takeEvents();
}

/** The same events in another world: every name of theirs is another. */
export const elsewhere = (events: readonly EventRecord[], mark: string): StripeMessage[] =>
  JSON.parse(
    JSON.stringify(events)
      .replace(/"((?:evt|cus|sub|in|inpay|ch|pi|re|du|txn)_\w+)"/g, `"$1-${mark}"`)
      .replace(/"tributary_customer":"(one|two)"/g, `"tributary_customer":"$1-${mark}"`),
  ) as StripeMessage[];
