import { closeTaxYear, correctTaxYear, findTaxDifferences } from "./close-year.ts";
import { payoutGate, withholding } from "./decide-payouts.ts";
import { exportReturns } from "./export-returns.ts";
import { findTaxDocuments, getTaxDocumentFile, getTaxDocumentFileFor, getTaxDocuments } from "./find-documents.ts";
import { findTaxLines, findTaxPayments, getTaxYear } from "./find-year.ts";
import { askForForms, chooseDelivery, getOwnTax, getPartnerTax, orderWithholding } from "./partner-standing.ts";
import { recordPaid, recordReturned } from "./record-payments.ts";
import { remindOfForms } from "./remind-of-forms.ts";
import { signForm } from "./sign-form.ts";
import { findFormsOnFile, findSignedIdentities } from "./signed-identities.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { taxPersonalData } from "./tax-personal-data.ts";
import { changeTaxSettings, enterExchangeRate, enterYearFigures, getTaxSettings } from "./tax-settings.ts";
import { tellDocuments } from "./tell-documents.ts";
import { signTestForm } from "./test-forms.ts";

/** Taxes of partners: forms, what is kept back, and what is reported. */
export const createTaxService = (deps: TaxDeps) => ({
  getOwnTax: getOwnTax(deps),
  signForm: signForm(deps),
  signTestForm: signTestForm(deps),
  chooseDelivery: chooseDelivery(deps),
  getTaxDocuments: getTaxDocuments(deps),
  getTaxDocumentFile: getTaxDocumentFile(deps),
  getTaxSettings: getTaxSettings(deps),
  changeTaxSettings: changeTaxSettings(deps),
  enterYearFigures: enterYearFigures(deps),
  enterExchangeRate: enterExchangeRate(deps),
  getTaxYear: getTaxYear(deps),
  findTaxLines: findTaxLines(deps),
  findTaxPayments: findTaxPayments(deps),
  closeTaxYear: closeTaxYear(deps),
  findTaxDifferences: findTaxDifferences(deps),
  correctTaxYear: correctTaxYear(deps),
  findTaxDocuments: findTaxDocuments(deps),
  getTaxDocumentFileFor: getTaxDocumentFileFor(deps),
  exportReturns: exportReturns(deps),
  getPartnerTax: getPartnerTax(deps),
  askForForms: askForForms(deps),
  orderWithholding: orderWithholding(deps),
  remindOfForms: remindOfForms(deps),
  tellDocuments: tellDocuments(deps),
  /** What payouts ask of taxes, through the composition root. */
  payoutGate: payoutGate(deps),
  withholding: withholding(deps),
  recordPaid: recordPaid(deps),
  recordReturned,
  /** Asked by `compliance`. */
  findFormsOnFile: findFormsOnFile(),
  findSignedIdentities: findSignedIdentities(deps),
  personalData: taxPersonalData(deps),
});

export type TaxService = ReturnType<typeof createTaxService>;
