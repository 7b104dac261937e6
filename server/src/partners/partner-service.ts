import type { IdentityService } from "../identity/index.ts";
import {
  applyAgain,
  approvePartner,
  closeAccount,
  reinstatePartner,
  rejectPartner,
  suspendPartner,
  terminatePartner,
} from "./act-on-partner.ts";
import { approveVerified } from "./approve-verified.ts";
import { changeMember, removeMember } from "./change-member.ts";
import { transferOwnership } from "./change-owner.ts";
import { agreeTerms, changeTerms } from "./change-terms.ts";
import { decideTierReview } from "./decide-tier-review.ts";
import {
  contactOf,
  findPartnerPage,
  findUpgrades,
  getPartnerFor,
  getPartnerProfile,
  minimumPayouts,
} from "./find-partners.ts";
import { getTeam, peopleOf } from "./find-team.ts";
import { currentTerms, findTerms } from "./find-terms.ts";
import { findBackdatedFollowers, findPlanFollowers, followPlan, showCurrentRates } from "./follow-plan.ts";
import { getOffer } from "./get-offer.ts";
import { importInto, importPartners } from "./import-partners.ts";
import { inviteMember, joinTeam } from "./invite-member.ts";
import { findInvitations, invitePartners, repeatPartnerInvitation, withdrawInvitation } from "./invite-partners.ts";
import { lookAsPartner } from "./look-as-partner.ts";
import type { PartnerDeps } from "./partner-deps.ts";
import { sendInvitationMail, sendMemberInvitationMail, sendOwnerNews, sendRegisteredMail } from "./partner-mails.ts";
import {
  countPartners,
  findActivePartners,
  findByExternalIds,
  findPartners,
  findStatuses,
  getPartner,
} from "./partner-repository.ts";
import { recordEvents } from "./record-events.ts";
import { newReferralCode } from "./referral-code.ts";
import { registerPartner } from "./register-partner.ts";
import { requireFeature } from "./require-feature.ts";
import { findTierReviews, reviewTiers } from "./review-tiers.ts";
import { findArrival, findRecordedEvents, lockSequences, takeNumbers } from "./sequence-repository.ts";
import { updatePartner } from "./update-partner.ts";
import { decideUpgrade, upgradeTier } from "./upgrade-tier.ts";
import { named, namesOf } from "./who.ts";
import { findNotes, removeNote, writeNote } from "./write-note.ts";

/** Who brings customers, under which terms, and the sequence in which what decides its earnings is recorded. */
export function createPartnerService(
  given: Omit<PartnerDeps, "newCode"> & {
    /** The plan has these verbs here; they are identity's. */
    readonly keys: Pick<IdentityService, "generateAPIKey" | "revokeAPIKey">;
    readonly newCode?: () => string;
  },
) {
  const deps: PartnerDeps = { newCode: newReferralCode, ...given };
  return {
    registerPartner: registerPartner(deps),
    getPartnerProfile: getPartnerProfile(deps),
    updatePartner: updatePartner(deps),
    closeAccount: closeAccount(deps),
    applyAgain: applyAgain(deps),
    getOffer: getOffer(deps),
    upgradeTier: upgradeTier(deps),
    decideUpgrade: decideUpgrade(deps),
    findUpgrades: findUpgrades(deps),
    generateAPIKey: given.keys.generateAPIKey,
    revokeAPIKey: given.keys.revokeAPIKey,
    approvePartner: approvePartner(deps),
    rejectPartner: rejectPartner(deps),
    suspendPartner: suspendPartner(deps),
    reinstatePartner: reinstatePartner(deps),
    terminatePartner: terminatePartner(deps),
    changeTerms: changeTerms(deps),
    findPartnerPage: findPartnerPage(deps),
    getPartnerFor: getPartnerFor(deps),
    invitePartners: invitePartners(deps),
    withdrawInvitation: withdrawInvitation(deps),
    repeatPartnerInvitation: repeatPartnerInvitation(deps),
    findInvitations: findInvitations(deps),
    importPartners: importPartners(deps),
    findByExternalIds,
    importInto: importInto(deps),
    sendRegisteredMail: sendRegisteredMail(deps),
    sendInvitationMail: sendInvitationMail(deps),
    getTeam: getTeam(deps),
    inviteMember: inviteMember(deps),
    changeMember: changeMember(deps),
    removeMember: removeMember(deps),
    transferOwnership: transferOwnership(deps),
    joinTeam: joinTeam(deps),
    sendMemberInvitationMail: sendMemberInvitationMail(deps),
    sendOwnerNews: sendOwnerNews(deps),
    showCurrentRates: showCurrentRates(deps),
    reviewTiers: reviewTiers(deps),
    findTierReviews: findTierReviews(deps),
    decideTierReview: decideTierReview(deps),
    writeNote: writeNote(deps),
    removeNote: removeNote(deps),
    findNotes: findNotes(deps),
    lookAsPartner: lookAsPartner(deps),

    // For modules above, in their transactions.
    getPartner,
    findPartners,
    findStatuses,
    named: named(deps),
    namesOf: namesOf(deps),
    contactOf: contactOf(deps),
    peopleOf: peopleOf(deps),
    minimumPayouts: minimumPayouts(deps),
    findTerms: findTerms(deps),
    currentTerms: currentTerms(deps),
    requireFeature: requireFeature(deps),
    agreeTerms: agreeTerms(deps),
    countPartners,
    findActivePartners,
    findBackdatedFollowers,
    findPlanFollowers,
    takeNumbers,
    lockSequences,
    findArrival,
    findRecordedEvents,
    recordEvents: recordEvents(deps),

    // Inside listeners.
    /** On `user.email_verified`. */
    approveVerified: approveVerified(deps),
    /** On `plan.published`. */
    followPlan: followPlan(deps),
  };
}

export type PartnerService = ReturnType<typeof createPartnerService>;
