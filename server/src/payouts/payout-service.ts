import { cancelPayout, cancelPayoutFor } from "./cancel-payout.ts";
import { exportBankFile } from "./export-bank-file.ts";
import { findPayouts, getPaymentMethod, getPayout, getPayoutFor, getPayoutHistory } from "./find-payouts.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { takenParts } from "./payout-repository.ts";
import { processPayout, processPayouts } from "./process-payout.ts";
import { reconcilePayouts } from "./reconcile-payouts.ts";
import { recordReturn } from "./record-return.ts";
import { requestPayout, requestPayoutFor } from "./request-payout.ts";
import { runDueSchedules, scheduleAutoPayout } from "./schedule-auto-payout.ts";
import { sendTransfer } from "./send-transfer.ts";
import { applyStripeEvent } from "./stripe-events.ts";
import { recordAccount, updatePaymentMethod } from "./update-payment-method.ts";
import { wakeTransfers } from "./wake-transfers.ts";

/** Payouts: what partners are paid, how, and what became of it. */
export const createPayoutService = (deps: PayoutDeps) => ({
  requestPayout: requestPayout(deps),
  requestPayoutFor: requestPayoutFor(deps),
  processPayout: processPayout(deps),
  processPayouts: processPayouts(deps),
  sendTransfer: sendTransfer(deps),
  cancelPayout: cancelPayout(deps),
  cancelPayoutFor: cancelPayoutFor(deps),
  recordReturn: recordReturn(deps),
  updatePaymentMethod: updatePaymentMethod(deps),
  recordAccount: recordAccount(deps),
  applyStripeEvent: applyStripeEvent(deps),
  wakeTransfers: wakeTransfers(deps),
  exportBankFile: exportBankFile(deps),
  reconcilePayouts: reconcilePayouts(deps),
  scheduleAutoPayout: scheduleAutoPayout(deps),
  runDueSchedules: runDueSchedules(deps),
  getPayoutHistory: getPayoutHistory(deps),
  findPayouts: findPayouts(deps),
  getPayout: getPayout(deps),
  getPayoutFor: getPayoutFor(deps),
  getPaymentMethod: getPaymentMethod(deps),
  /** What payouts hold of commissions: asked by `commissions`, through the composition root. */
  takenParts,
});

export type PayoutService = ReturnType<typeof createPayoutService>;
