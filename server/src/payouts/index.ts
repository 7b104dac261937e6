export { createBankFile } from "./bank-file.ts";
export { findImported, type ImportedPayout } from "./import-payouts.ts";
export type { HolderOnFile, PayoutAccount } from "./payout-account.ts";
export type {
  AskedPayout,
  GateAnswer,
  PaidCommissions,
  PayeeFacts,
  PayoutDeps,
  PayoutGate,
  Withholding,
} from "./payout-deps.ts";
export { payoutCron, payoutJobs } from "./payout-jobs.ts";
export { payoutPersonalData } from "./payout-personal-data.ts";
export { findPayout, type PayoutRow } from "./payout-repository.ts";
export { payoutRoutes } from "./payout-routes.ts";
export { createPayoutService, type PayoutService } from "./payout-service.ts";
export { type PartnerSum, sumCompleted, sumNotHandedOut, sumOpen } from "./payout-sums-repository.ts";
export { fromStripeAmount } from "./stripe-amounts.ts";
export { createStripeClient, describeAccount, type StripeClient } from "./stripe-client.ts";
export { createStripeAccounts, createStripeTransfers } from "./stripe-connect.ts";
export type { StripeEvent } from "./stripe-events.ts";
export { type StripeIntakeDeps, stripeConnectHandler, stripeIntakeRoutes } from "./stripe-intake.ts";
export { createTestTransfers, giveTestMethods } from "./test-transfers.ts";
export type {
  AccountProvider,
  ReceivingAccount,
  TransferOrder,
  TransferOutcome,
  TransferProvider,
} from "./transfer-provider.ts";
export { findCancelled, findEverPaid, findWaitingPayouts } from "./waiting-payouts.ts";
