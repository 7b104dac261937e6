import { agreeFees, agreeInside, chargeCardProduct, findFeeAgreements, recordCardUsage } from "./agree-fees.ts";
import { claimBudget } from "./claim-budget.ts";
import { approveClaim, rejectClaim } from "./decide-claim.ts";
import type { FeeDeps } from "./fee-deps.ts";
import { findBudgets, findClaims, getBudgets, getClaims, getProof, getProofFor } from "./find-budgets.ts";
import { findInvoices, getInvoice, getInvoiceFor, getInvoices } from "./find-invoices.ts";
import { expireBudgets, grantBudget, grantDueBudgets } from "./grant-budget.ts";
import { getInvoiceFile, getInvoiceFileFor } from "./invoice-file.ts";
import { issueDue, issueInvoice } from "./issue-invoice.ts";
import { remindOverdue, sendReminder } from "./remind-overdue.ts";
import { creditInvoice, recordInvoicePayment, setOffInvoice, undoSetOff } from "./settle-invoice.ts";

/** Fees: what partners owe the operator, and what became of it. */
export const createFeeService = (deps: FeeDeps) => ({
  agreeFees: agreeFees(deps),
  findFeeAgreements: findFeeAgreements(deps),
  recordCardUsage: recordCardUsage(deps),
  /** For the modules above, in their transactions. */
  agreeInside: agreeInside(deps),
  chargeCardProduct: chargeCardProduct(deps),
  issueInvoice: issueInvoice(deps),
  issueDue: issueDue(deps),
  recordInvoicePayment: recordInvoicePayment(deps),
  creditInvoice: creditInvoice(deps),
  setOffInvoice: setOffInvoice(deps),
  undoSetOff: undoSetOff(deps),
  remindOverdue: remindOverdue(deps),
  sendReminder: sendReminder(deps),
  grantBudget: grantBudget(deps),
  grantDueBudgets: grantDueBudgets(deps),
  expireBudgets: expireBudgets(deps),
  claimBudget: claimBudget(deps),
  approveClaim: approveClaim(deps),
  rejectClaim: rejectClaim(deps),
  getBudgets: getBudgets(deps),
  findBudgets: findBudgets(deps),
  getClaims: getClaims(deps),
  findClaims: findClaims(deps),
  getProof: getProof(deps),
  getProofFor: getProofFor(deps),
  getInvoices: getInvoices(deps),
  findInvoices: findInvoices(deps),
  getInvoice: getInvoice(deps),
  getInvoiceFor: getInvoiceFor(deps),
  getInvoiceFile: getInvoiceFile(deps),
  getInvoiceFileFor: getInvoiceFileFor(deps),
});

export type FeeService = ReturnType<typeof createFeeService>;
