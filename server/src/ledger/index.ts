export { ACCOUNT_KINDS, type AccountKind, type Balances } from "./account-kinds.ts";
export { balanceKey, createLedger, type Ledger } from "./ledger.ts";
export type { Booking, Entry, EntryKind, Holding, Posting } from "./ledger-postings.ts";
export {
  commissionApproved,
  commissionAssessed,
  commissionDisputed,
  commissionRestored,
  commissionReversed,
  debtReinstated,
  debtWrittenOff,
  disputeCancelled,
  disputeUpheld,
  feeCredited,
  feeInvoiced,
  feePaid,
  feeSetOff,
  feeSetOffUndone,
  payoutReleased,
  payoutRequested,
  shareBooked,
  sharePaid,
  shareRepaid,
  shareReversed,
  transferConfirmed,
  transferReturned,
} from "./ledger-postings.ts";
export type { AccountPair } from "./ledger-repository.ts";
