import { agreeContract } from "./agree-share.ts";
import { bookShares, noteSales } from "./book-shares.ts";
import { restoreBranding, saveBranding } from "./change-branding.ts";
import { removeSubOperator, resumeSubOperator, setLimits, suspendSubOperator } from "./change-sub-operator.ts";
import { createWhiteLabelPartner, openSubOperator } from "./create-sub-operator.ts";
import {
  findSubOperatorShares,
  findSubOperators,
  getOwnSubOperator,
  getWhiteLabelConfig,
} from "./find-sub-operators.ts";
import { proveShares } from "./prove-shares.ts";
import { getBrand, getBrandImage, getBranding } from "./read-branding.ts";
import { settleShare } from "./settle-share.ts";
import { getOwnLimits, mayBePartner, partnerRoom, requireWithinLimits } from "./sub-operator-limits.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

/** How a tenant looks to its partners, and the tenants of its own that some of them run. */
export const createWhitelabelService = (deps: WhitelabelDeps) => ({
  getBrand: getBrand(deps),
  getBrandImage: getBrandImage(deps),
  getBranding: getBranding(deps),
  saveBranding: saveBranding(deps),
  restoreBranding: restoreBranding(deps),

  createWhiteLabelPartner: createWhiteLabelPartner(deps),
  openSubOperator: openSubOperator(deps),
  setLimits: setLimits(deps),
  agreeContract: agreeContract(deps),
  suspendSubOperator: suspendSubOperator(deps),
  resumeSubOperator: resumeSubOperator(deps),
  removeSubOperator: removeSubOperator(deps),
  settleShare: settleShare(deps),
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
  /** From the outbox. */
  bookShares: bookShares(deps),
});

export type WhitelabelService = ReturnType<typeof createWhitelabelService>;
