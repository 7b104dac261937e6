import { DAY_MS } from "../../src/kernel/clock.ts";
import type { TransferOutcome, TransferProvider } from "../../src/payouts/index.ts";

/** A provider of which only the outcome matters; a transfer is named after its payout. */
export const answering = (outcomeNow: () => TransferOutcome): TransferProvider => ({
  name: "stripe_connect",
  keyLifetimeMs: DAY_MS,
  prepare: ({ payoutId }) => payoutId,
  send: async (payoutId) => {
    const outcome = outcomeNow();
    return outcome.kind === "confirmed" ? { kind: "confirmed", transferId: `tr_${payoutId}` } : outcome;
  },
  find: async () => [],
});
