import { cancelPayout, cancelPayoutFor } from "./cancel-payout.ts";
import { changeCurrencySettings, changePayoutSettings, getPayoutSettings } from "./change-settings.ts";
import { approveBatch, cancelBatch, expireBatches, refuseBatch } from "./decide-batch.ts";
import { exportBankFile } from "./export-bank-file.ts";
import { findBatches, getBatch } from "./find-batches.ts";
import {
  findMethodKinds,
  findPayouts,
  getPaymentMethod,
  getPayout,
  getPayoutFor,
  getPayoutHistory,
} from "./find-payouts.ts";
import { getStatement, getStatementFor } from "./get-statement.ts";
import { importPayouts } from "./import-payouts.ts";
import { askForAccounts, recordAccount } from "./look-at-account.ts";
import { lookAtWaiting } from "./look-at-waiting.ts";
import { makeBatch } from "./make-batch.ts";
import { findHolders, payoutAccountPaid, payoutAccountsOf } from "./payout-account.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { sendFailedNotice, sendReconciliationNotice } from "./payout-notices.ts";
import { takenParts } from "./payout-repository.ts";
import { previewPayouts } from "./preview-payouts.ts";
import { processPayout, processPayouts } from "./process-payout.ts";
import { reconcileDaily, reconcilePayouts } from "./reconcile-payouts.ts";
import { recordReturn } from "./record-return.ts";
import { releaseBatch, releaseScheduled } from "./release-batch.ts";
import { requestPayout, requestPayoutFor } from "./request-payout.ts";
import { runDueSchedules } from "./run-schedules.ts";
import { getSchedules, scheduleAutoPayout } from "./schedule-auto-payout.ts";
import { sendTransfer } from "./send-transfer.ts";
import { approvalAbove } from "./settings-repository.ts";
import { approveSettlement, refuseSettlement, settlePayout } from "./settle-by-hand.ts";
import { applyStripeEvent } from "./stripe-events.ts";
import { unpaidSums } from "./unpaid-commissions.ts";
import { updatePaymentMethod } from "./update-payment-method.ts";
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
  settlePayout: settlePayout(deps),
  approveSettlement: approveSettlement(deps),
  refuseSettlement: refuseSettlement(deps),
  lookAtWaiting: lookAtWaiting(deps),
  updatePaymentMethod: updatePaymentMethod(deps),
  recordAccount: recordAccount(deps),
  askForAccounts: askForAccounts(deps),
  applyStripeEvent: applyStripeEvent(deps),
  wakeTransfers: wakeTransfers(deps),
  importPayouts: importPayouts(deps),
  exportBankFile: exportBankFile(deps),
  reconcilePayouts: reconcilePayouts(deps),
  reconcileDaily: reconcileDaily(deps),
  previewPayouts: previewPayouts(deps),
  makeBatch: makeBatch(deps),
  approveBatch: approveBatch(deps),
  refuseBatch: refuseBatch(deps),
  cancelBatch: cancelBatch(deps),
  releaseBatch: releaseBatch(deps),
  expireBatches: expireBatches(deps),
  releaseScheduled: releaseScheduled(deps),
  findBatches: findBatches(deps),
  getBatch: getBatch(deps),
  getPayoutSettings: getPayoutSettings(deps),
  changePayoutSettings: changePayoutSettings(deps),
  changeCurrencySettings: changeCurrencySettings(deps),
  sendFailedNotice: sendFailedNotice(deps),
  sendReconciliationNotice: sendReconciliationNotice(deps),
  getSchedules: getSchedules(deps),
  getStatement: getStatement(deps),
  getStatementFor: getStatementFor(deps),
  scheduleAutoPayout: scheduleAutoPayout(deps),
  runDueSchedules: runDueSchedules(deps),
  getPayoutHistory: getPayoutHistory(deps),
  findPayouts: findPayouts(deps),
  getPayout: getPayout(deps),
  getPayoutFor: getPayoutFor(deps),
  getPaymentMethod: getPaymentMethod(deps),
  findMethodKinds: findMethodKinds(deps),
  /** What payouts hold of commissions: asked by `commissions`, through the composition root. */
  takenParts,
  unpaidSums: unpaidSums(deps),
  approvalAbove,
  /** Asked by `fraud`. */
  payoutAccountsOf: payoutAccountsOf(deps),
  payoutAccountPaid: payoutAccountPaid(deps),
  /** Asked by `compliance`. */
  findHolders: findHolders(deps),
});

export type PayoutService = ReturnType<typeof createPayoutService>;
