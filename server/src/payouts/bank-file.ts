import { wireInteger } from "../platform/wire.ts";
import type { TransferOrder, TransferProvider } from "./transfer-provider.ts";

/** What a transfer by hand is called. */
export const byHandName = (payoutId: string): string => `bank_${payoutId}`;

/**
 * Payment by hand: a transfer counts as made when it is written into the list that the operator takes to its bank (the bank file). What the
 * bank sends back is recorded as a return. The transfer's name is the payout's, so asking twice gives the same one.
 */
export const createBankFile = (): TransferProvider => ({
  name: "bank_file",
  isByHand: true,
  keyLifetimeMs: Number.POSITIVE_INFINITY,
  prepare: (order: TransferOrder): string =>
    JSON.stringify({
      payoutId: order.payoutId,
      amount: wireInteger(order.amount),
      currency: order.currency,
      destination: order.destination,
    }),
  send: async (request: string) => ({
    kind: "confirmed",
    transferId: byHandName((JSON.parse(request) as { payoutId: string }).payoutId),
  }),
  find: async () => [],
});
