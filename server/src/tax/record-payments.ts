import type { InsideListener } from "../platform/outbox/index.ts";
import { insertPayment, takeBackPayment } from "./payment-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";

/** Notes each transfer in the transaction that confirms it. */
export const recordPaid =
  (deps: Pick<TaxDeps, "payouts">): InsideListener =>
  async (tx, events) => {
    for (const { objectId } of events) {
      const payout = await deps.payouts.findPayout(tx, objectId);
      if (payout === undefined || payout.processed_at === null) continue;
      await insertPayment(tx, {
        payoutId: payout.id,
        partnerId: payout.partner_id,
        paidAt: payout.processed_at,
        method: payout.payment_method,
        currency: payout.currency,
        amount: payout.amount,
        withheld: payout.tax_withheld,
      });
    }
  };

/** Takes back what a provider has returned, in the transaction that books the return. */
export const recordReturned: InsideListener = async (tx, events) => {
  for (const { objectId } of events) await takeBackPayment(tx, objectId);
};
