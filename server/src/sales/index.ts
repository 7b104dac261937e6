export { countReversals, type SalesCount } from "./count-reversals.ts";
export {
  countRefused,
  findOvertaken,
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionNames,
  findTransactionsByExternalIds,
} from "./find-transactions.ts";
export type { Inbox, InboxEvent, InboxFailure, InboxHandler, InboxMessage, InboxSource } from "./inbox.ts";
export { createInbox, findInboxFailures } from "./inbox.ts";
export type { RecordingOutcome } from "./plan-recording.ts";
export { toResult } from "./record-transactions.ts";
export { transactionErrors } from "./sales-errors.ts";
export { salesPersonalData } from "./sales-personal-data.ts";
export { acceptBareEvent, salesRoutes } from "./sales-routes.ts";
export {
  RecordTransactionsBody,
  RecordTransactionsResponse,
  reportedTransaction,
  saleFacts,
  TransactionKindSchema,
} from "./sales-schema.ts";
export type { SalesService } from "./sales-service.ts";
export { createSalesService } from "./sales-service.ts";
export type { KeptTransaction, RecordedTransaction, ReportedTransaction, TransactionKind } from "./transaction.ts";
export { BATCH_SIZE_MAX, TRANSACTION_KINDS } from "./transaction.ts";
export { figureRefusalOf, importOrder } from "./transaction-rules.ts";
