export type { ClickBatcher } from "./click-batcher.ts";
export { countClicks } from "./click-repository.ts";
export { clickRoutes } from "./click-routes.ts";
export { validateReferralCode } from "./click-rules.ts";
export { allowedDestination } from "./destination-rules.ts";
export type { ExplainedSubject } from "./explain-attribution.ts";
export { type Conversion, findConversions, findReferralIdsOf } from "./find-conversions.ts";
export { IMPORT_SIZE_MAX, type ImportResult } from "./import-referrals.ts";
export { conversionOrder, type ImportedReferral } from "./import-rules.ts";
export { findLinksByIds, findTakenCodes } from "./link-repository.ts";
export { redirectPath } from "./link-view.ts";
export { markQualified, unqualify } from "./mark-qualified.ts";
export { operatorReferralRoutes } from "./operator-referral-routes.ts";
export { redirectShortcut } from "./redirect-shortcut.ts";
export type { Referral, ReferralSource, ReferralStatus } from "./referral.ts";
export type { ReferralDeps } from "./referral-deps.ts";
export { referralErrors } from "./referral-errors.ts";
export { referralCron } from "./referral-jobs.ts";
export { referralPersonalData } from "./referral-personal-data.ts";
export {
  countQualified,
  findAttributions,
  findReattributed,
  findReferrals,
} from "./referral-repository.ts";
export { partnerReferralRoutes } from "./referral-routes.ts";
export { mailboxOf } from "./referral-rules.ts";
export type { Explanation, OperatorReferral } from "./referral-schema.ts";
export type { ReferralService, ReferralServiceDeps } from "./referral-service.ts";
export { createReferralService } from "./referral-service.ts";
export { createVisitorCookies, type VisitorCookies } from "./visitor-cookie.ts";
