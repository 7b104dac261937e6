import { agreeContract } from "./agree-share.ts";
import { bookShares, noteSales } from "./book-shares.ts";
import { restoreBranding, saveBranding } from "./change-branding.ts";
import { saveCoBranding } from "./change-co-branding.ts";
import { removeDomain, requestDomainCheck, setupCustomDomain } from "./change-domains.ts";
import { removeLandingPage, saveLandingPage } from "./change-landing-page.ts";
import { removeSubOperator, resumeSubOperator, setLimits, suspendSubOperator } from "./change-sub-operator.ts";
import { chargeCardProducts, noteCardProducts } from "./charge-card-products.ts";
import { checkDomain, checkDueDomains, proveLinkHost } from "./check-domain.ts";
import { createWhiteLabelPartner, openSubOperator } from "./create-sub-operator.ts";
import { findDomains, getDomain, mayHaveCertificate } from "./find-domains.ts";
import { getCoBranding, getLandingPage, showLandingPage } from "./find-landing-pages.ts";
import {
  findSubOperatorShares,
  findSubOperators,
  getOwnSubOperator,
  getWhiteLabelConfig,
} from "./find-sub-operators.ts";
import { getOwnShareStatement, getShareStatement } from "./get-share-statement.ts";
import { partnerLook } from "./partner-look.ts";
import { proveShares } from "./prove-shares.ts";
import { getBrand, getBrandImage, getBranding, getPageLook, pdfBrand } from "./read-branding.ts";
import { settleShare } from "./settle-share.ts";
import { getOwnLimits, mayBePartner, partnerRoom, requireWithinLimits } from "./sub-operator-limits.ts";
import { sendDomainNews } from "./tell-domain.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** How a tenant looks to its partners, and where; and the tenants of its own that some of them run. */
export const createWhitelabelService = (deps: WhitelabelDeps) => ({
  getBrand: getBrand(deps),
  getBrandImage: getBrandImage(deps),
  getBranding: getBranding(deps),
  getPageLook: getPageLook(deps),
  pdfBrand: pdfBrand(deps),
  saveBranding: saveBranding(deps),
  restoreBranding: restoreBranding(deps),

  getCoBranding: getCoBranding(deps),
  saveCoBranding: saveCoBranding(deps),
  getLandingPage: getLandingPage(deps),
  saveLandingPage: saveLandingPage(deps),
  removeLandingPage: removeLandingPage(deps),
  showLandingPage: showLandingPage(deps),
  partnerLook: partnerLook(deps),

  setupCustomDomain: setupCustomDomain(deps),
  findDomains: findDomains(deps),
  getDomain: getDomain(deps),
  requestDomainCheck: requestDomainCheck(deps),
  removeDomain: removeDomain(deps),
  checkDomain: checkDomain(deps),
  checkDueDomains: checkDueDomains(deps),
  proveLinkHost: proveLinkHost(deps),
  sendDomainNews: sendDomainNews(deps),
  mayHaveCertificate: mayHaveCertificate(deps),

  createWhiteLabelPartner: createWhiteLabelPartner(deps),
  openSubOperator: openSubOperator(deps),
  setLimits: setLimits(deps),
  agreeContract: agreeContract(deps),
  suspendSubOperator: suspendSubOperator(deps),
  resumeSubOperator: resumeSubOperator(deps),
  removeSubOperator: removeSubOperator(deps),
  settleShare: settleShare(deps),
  getShareStatement: getShareStatement(deps),
  getOwnShareStatement: getOwnShareStatement(deps),
  findSubOperators: findSubOperators(deps),
  findSubOperatorShares: findSubOperatorShares(deps),
  getWhiteLabelConfig: getWhiteLabelConfig(deps),
  getOwnSubOperator: getOwnSubOperator(deps),
  getOwnLimits: getOwnLimits(deps),
  proveShares: proveShares(deps),

  // What modules below ask, in the tenant that is limited.
  requireWithinLimits,
  mayBePartner: mayBePartner(deps),
  partnerRoom: partnerRoom(deps),

  /** On `transaction.recorded`, inside. */
  noteSales: noteSales(deps),
  /** On `card_product.made`, inside. */
  noteCardProducts: noteCardProducts(deps),
  /** From the outbox. */
  bookShares: bookShares(deps),
  chargeCardProducts: chargeCardProducts(deps),
});

export type WhitelabelService = ReturnType<typeof createWhitelabelService>;
