import { restoreBranding, saveBranding } from "./change-branding.ts";
import { removeDomain, requestDomainCheck, setupCustomDomain } from "./change-domains.ts";
import { checkDomain, checkDueDomains } from "./check-domain.ts";
import { findDomains, getDomain, mayHaveCertificate } from "./find-domains.ts";
import { getBrand, getBrandImage, getBranding, pdfBrand } from "./read-branding.ts";
import { sendDomainNews } from "./tell-domain.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** How a tenant looks to its partners, and where. */
export const createWhitelabelService = (deps: WhitelabelDeps) => ({
  getBrand: getBrand(deps),
  getBrandImage: getBrandImage(deps),
  getBranding: getBranding(deps),
  pdfBrand: pdfBrand(deps),
  saveBranding: saveBranding(deps),
  restoreBranding: restoreBranding(deps),
  setupCustomDomain: setupCustomDomain(deps),
  findDomains: findDomains(deps),
  getDomain: getDomain(deps),
  requestDomainCheck: requestDomainCheck(deps),
  removeDomain: removeDomain(deps),
  checkDomain: checkDomain(deps),
  checkDueDomains: checkDueDomains(deps),
  sendDomainNews: sendDomainNews(deps),
  mayHaveCertificate: mayHaveCertificate(deps),
});

export type WhitelabelService = ReturnType<typeof createWhitelabelService>;
