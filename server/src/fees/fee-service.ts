import { agreeFees, chargeCardProduct, findFeeAgreements, recordCardUsage } from "./agree-fees.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { findInvoices, getInvoice, getInvoiceFor, getInvoices } from "./find-invoices.ts";
import { getInvoiceFile, getInvoiceFileFor } from "./invoice-file.ts";
import { issueDue, issueInvoice } from "./issue-invoice.ts";
import { remindOverdue, sendReminder } from "./remind-overdue.ts";
import { creditInvoice, recordInvoicePayment, setOffInvoice } from "./settle-invoice.ts";

/** Fees: what partners owe the operator, and what became of it. */
export const createFeeService = (deps: FeeDeps) => ({
  agreeFees: agreeFees(deps),
  findFeeAgreements: findFeeAgreements(deps),
  recordCardUsage: recordCardUsage(deps),
  /** For the modules above, in their transactions. */
  chargeCardProduct: chargeCardProduct(deps),
  issueInvoice: issueInvoice(deps),
  issueDue: issueDue(deps),
  recordInvoicePayment: recordInvoicePayment(deps),
  creditInvoice: creditInvoice(deps),
  setOffInvoice: setOffInvoice(deps),
  remindOverdue: remindOverdue(deps),
  sendReminder: sendReminder(deps),
  getInvoices: getInvoices(deps),
  findInvoices: findInvoices(deps),
  getInvoice: getInvoice(deps),
  getInvoiceFor: getInvoiceFor(deps),
  getInvoiceFile: getInvoiceFile(deps),
  getInvoiceFileFor: getInvoiceFileFor(deps),
});

export type FeeService = ReturnType<typeof createFeeService>;
