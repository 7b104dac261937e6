import { findPayout, sumOpen } from "../../src/payouts/index.ts";
import type { InsideSubscriptions } from "../../src/platform/outbox/index.ts";
import { recordPaid, recordReturned } from "../../src/tax/record-payments.ts";

/** What notes each transfer for the tax year, as the program has it: without it no books that pay are whole. */
export const TAX_LISTENERS: InsideSubscriptions = {
  "payout.completed": [recordPaid({ payouts: { findPayout, sumOpen } })],
  "payout.returned": [recordReturned],
};
