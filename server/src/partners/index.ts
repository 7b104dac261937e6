export { adminPartnerRoutes } from "./admin-partner-routes.ts";
export { findTerms, type TermsDeps } from "./find-terms.ts";
export { IMPORT_BATCH_MAX, type ImportResult } from "./import-partners.ts";
export type { ImportedPartner, ImportRefusal } from "./import-rules.ts";
export { joinPageRoutes } from "./join-page-routes.ts";
export type { ApprovalGate, PartnerDeps, PartnerPeople, ReferralFacts } from "./partner-deps.ts";
export { partnerErrors } from "./partner-errors.ts";
export type { NewPartnerEvent, PartnerEventData, PartnerEventKind, RecordedPartnerEvent } from "./partner-event.ts";
export type { PartnerEventType, PartnerNews } from "./partner-events.ts";
export { partnerCron, partnerJobs } from "./partner-jobs.ts";
export { partnerNotesPersonalData } from "./partner-notes-personal-data.ts";
export { findPartnerOfUser, partnerPersonalData } from "./partner-personal-data.ts";
export {
  findActivePartners,
  findByExternalIds,
  findPartners,
  findPartnersOfUsers,
  findStatuses,
  getPartner,
  type Partner,
  partnerStatusOf,
} from "./partner-repository.ts";
export { partnerRoutes } from "./partner-routes.ts";
export {
  PARTNER_TYPES,
  type PartnerStatus,
  type PartnerType,
} from "./partner-rules.ts";
export { createPartnerService, type PartnerService } from "./partner-service.ts";
export { recordEvents } from "./record-events.ts";
export { findArrival, findRecordedEvents, lockSequences, takeNumbers } from "./sequence-repository.ts";
export { teamRoutes } from "./team-routes.ts";
export { tierReviewRoutes } from "./tier-review-routes.ts";
