import { type FindingDeps, findOwnTransactions, findTransactions, getTransaction } from "./find-transactions.ts";
import { foreseeInside, type RecordingDeps, recordInside, recordTransactions } from "./record-transactions.ts";

/** What the operator earned from its customers: recorded once, never edited. */
export const createSalesService = (deps: RecordingDeps & FindingDeps) => ({
  recordTransactions: recordTransactions(deps),
  recordInside: recordInside(deps),
  foreseeInside: foreseeInside(deps),
  findTransactions: findTransactions(deps),
  findOwnTransactions: findOwnTransactions(deps),
  getTransaction: getTransaction(deps),
});

export type SalesService = ReturnType<typeof createSalesService>;
