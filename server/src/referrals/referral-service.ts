import { type ClickRow, insertClicks } from "../platform/database/index.ts";
import { archiveCoupon } from "./archive-coupon.ts";
import { archiveReferralLink } from "./archive-referral-link.ts";
import { assignReferral, referByPartner } from "./assign-referral.ts";
import { createClickBatcher } from "./click-batcher.ts";
import { convertReferral } from "./convert-referral.ts";
import { createCoupon } from "./create-coupon.ts";
import { createDefaultLinks } from "./create-default-links.ts";
import { explain, explainAttribution, explainIn } from "./explain-attribution.ts";
import { findCoupons, getReferralLinks, validateReferral } from "./find-links.ts";
import { findAllReferrals, getReferral, getReferralFor, getReferralStats, getReferrals } from "./find-referrals.ts";
import { generateReferralLink } from "./generate-referral-link.ts";
import { findFamily, holdReferrals } from "./hold-referrals.ts";
import { importReferrals } from "./import-referrals.ts";
import { createLinkDirectory } from "./link-directory.ts";
import { findTakenCodes } from "./link-repository.ts";
import { markQualified, unqualify } from "./mark-qualified.ts";
import { reattributeReferral } from "./reattribute-referral.ts";
import type { ReferralDeps } from "./referral-deps.ts";
import { countQualified, findAttributions, findReattributed, findReferrals } from "./referral-repository.ts";
import { rejectCustomerInside, rejectReferral } from "./reject-referral.ts";
import { signUpReferral } from "./sign-up-referral.ts";
import { trackReferralClick } from "./track-referral-click.ts";
import { truncateClickIps } from "./truncate-click-ips.ts";
import { verifyReferral } from "./verify-referral.ts";

export type ReferralServiceDeps = ReferralDeps & {
  /** How long a click keeps its full address; see `IP_RETENTION_DAYS_DEFAULT`. */
  readonly ipRetentionDays?: number;
};

/** Links, clicks and coupons, and whose each customer is. */
export function createReferralService(deps: ReferralServiceDeps) {
  const links = createLinkDirectory(deps);
  const batcher = createClickBatcher({ insert: (clicks: readonly ClickRow[]) => insertClicks(deps.db, clicks) });
  return {
    generateReferralLink: generateReferralLink(deps),
    archiveReferralLink: archiveReferralLink(deps),
    getReferralLinks: getReferralLinks(deps),
    createCoupon: createCoupon(deps),
    archiveCoupon: archiveCoupon(deps),
    findCoupons: findCoupons(deps),
    validateReferral: validateReferral(deps),

    trackReferralClick: trackReferralClick({ links, batcher }),
    links,
    truncateClickIps: truncateClickIps(deps),

    signUpReferral: signUpReferral(deps),
    convertReferral: convertReferral(deps),
    assignReferral: assignReferral(deps),
    verifyReferral: verifyReferral(deps),
    rejectReferral: rejectReferral(deps),
    reattributeReferral: reattributeReferral(deps),
    importReferrals: importReferrals(deps),

    getReferrals: getReferrals(deps),
    getReferral: getReferral(deps),
    getReferralStats: getReferralStats(deps),
    findAllReferrals: findAllReferrals(deps),
    getReferralFor: getReferralFor(deps),
    explainAttribution: explainAttribution(deps),
    explain: explain(deps),

    /** For the modules above, in their transactions. */
    referByPartner: referByPartner(deps),
    explainIn: explainIn(deps),
    findAttributions,
    findReattributed,
    findReferrals,
    holdReferrals: holdReferrals(deps),
    findFamily,
    rejectCustomerInside: rejectCustomerInside(deps),
    countQualified,
    findTakenCodes,
    markQualified: markQualified(deps),
    unqualify: unqualify(deps),
    /** Inside listener of `partner.created`. */
    createDefaultLinks: createDefaultLinks(deps),

    /** Waits until every click that was taken has been committed; those that come afterwards are refused. */
    [Symbol.asyncDispose]: () => batcher[Symbol.asyncDispose](),
  };
}

export type ReferralService = ReturnType<typeof createReferralService>;
