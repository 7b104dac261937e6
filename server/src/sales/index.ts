export {
  findRecorded,
  findRecordedOfReferral,
  findRecordedSequence,
  findTransactionsByExternalIds,
} from "./find-transactions.ts";
export type { Inbox, InboxEvent, InboxHandler, InboxMessage, InboxSource } from "./inbox.ts";
export { createInbox } from "./inbox.ts";
export { salesRoutes } from "./sales-routes.ts";
export type { SalesService } from "./sales-service.ts";
export { createSalesService } from "./sales-service.ts";
export type { RecordedTransaction, ReportedTransaction, TransactionKind } from "./transaction.ts";
export { BATCH_SIZE_MAX, TRANSACTION_KINDS } from "./transaction.ts";
export { figureRefusalOf, importOrder } from "./transaction-rules.ts";
