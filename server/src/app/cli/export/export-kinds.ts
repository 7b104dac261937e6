import type { Export } from "./exports.ts";
import { commissionsExport, ledgerExport, payoutsExport, transactionsExport } from "./exports.ts";
import { budgetClaimsExport, invoicesExport } from "./fee-exports.ts";

/** What can be exported, by the word of the command line. Rows of each are its own; whoever exports does not look into them. */
export const EXPORTS = {
  "budget-claims": asAny(budgetClaimsExport),
  commissions: asAny(commissionsExport),
  invoices: asAny(invoicesExport),
  ledger: asAny(ledgerExport),
  payouts: asAny(payoutsExport),
  transactions: asAny(transactionsExport),
} as const;

export type ExportKind = keyof typeof EXPORTS;
export const EXPORT_KINDS = Object.keys(EXPORTS) as ExportKind[];

/** The rows that a definition's query yields are the rows that its columns read: both are of one definition. */
function asAny<Row>(definition: Export<Row>): Export<unknown> {
  return definition as Export<unknown>;
}
