import { invariant } from "../kernel/invariant.ts";
import type { PayoutGate, GateAnswer as PayoutGateAnswer } from "../payouts/index.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { acceptAgreement } from "./accept-agreement.ts";
import { exportAcceptances, getAgreementFileFor, getOwnAgreementFile } from "./agreement-file.ts";
import { agreementGate } from "./agreement-gate.ts";
import { changeScreening } from "./change-screening.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { decideTestCase, reopenCase, voteOnCase } from "./decide-case.ts";
import { createAgreement, draftVersion, editDraft, publishVersion } from "./draft-agreement.ts";
import { findAcceptances, findAgreements, findOwnAgreements, getAgreement } from "./find-agreements.ts";
import { findCases, findListVersions, findPartnerScreenings, getCase, getScreening } from "./find-cases.ts";
import { importList, refreshList } from "./import-list.ts";
import { screenDue, screenOnChange, screenPartner } from "./screen-partners.ts";
import { type PartnerGate, screeningGate } from "./screening-gate.ts";
import type { GateAnswer } from "./screening-rules.ts";
import { tellPublished } from "./tell-published.ts";

/** Whom sanctions forbid to pay, and what partners have agreed to. */
export function createComplianceService(deps: ComplianceDeps) {
  return {
    importList: importList(deps),
    refreshList: refreshList(deps),
    screenPartner: screenPartner(deps),
    screenDue: screenDue(deps),
    getScreening: getScreening(deps),
    changeScreening: changeScreening(deps),
    findListVersions: findListVersions(deps),
    findCases: findCases(deps),
    getCase: getCase(deps),
    voteOnCase: voteOnCase(deps),
    decideTestCase: decideTestCase(deps),
    reopenCase: reopenCase(deps),
    findPartnerScreenings: findPartnerScreenings(deps),

    createAgreement: createAgreement(deps),
    draftVersion: draftVersion(deps),
    editDraft: editDraft(deps),
    publishVersion: publishVersion(deps),
    tellPublished: tellPublished(deps),
    findAgreements: findAgreements(deps),
    getAgreement: getAgreement(deps),
    findAcceptances: findAcceptances(deps),
    exportAcceptances: exportAcceptances(deps),
    getAgreementFileFor: getAgreementFileFor(deps),
    findOwnAgreements: findOwnAgreements(deps),
    acceptAgreement: acceptAgreement(deps),
    getOwnAgreementFile: getOwnAgreementFile(deps),

    // Gates of modules below.
    /** For partners. */
    mayBeApproved: ofOne(bothOf(screeningGate(deps), agreementGate(deps, "approval"))),
    /** For payouts. */
    mayBePaid: ofPayouts(bothOf(screeningGate(deps), agreementGate(deps, "payout"))),

    // Inside listener.
    /** On `partner.created`, `partner.updated`, `tax.form_signed` and `payout_method.changed`. */
    screenOnChange: screenOnChange(),
  };
}

/** The first that says no is the answer. */
const bothOf =
  (first: PartnerGate, second: PartnerGate): PartnerGate =>
  async (tx, partnerIds) => {
    const answers = await first(tx, partnerIds);
    const open = partnerIds.filter((partnerId) => answers.get(partnerId)?.allowed === true);
    return open.length === 0 ? answers : new Map([...answers, ...(await second(tx, open))]);
  };

const ofOne =
  (gate: PartnerGate) =>
  async (tx: ReadTx, { partnerId }: { readonly partnerId: string }): Promise<GateAnswer> => {
    const answer = (await gate(tx, [partnerId])).get(partnerId);
    invariant(answer, "a gate answers for whom it is asked about");
    return answer;
  };

const ofPayouts =
  (gate: PartnerGate): PayoutGate =>
  async (tx, payouts) => {
    const answers = await gate(tx, [...new Set(payouts.map(({ partnerId }) => partnerId))]);
    return new Map(
      payouts.map(({ payoutId, partnerId }) => {
        const answer = answers.get(partnerId);
        invariant(answer, "a gate answers for whom it is asked about");
        return [payoutId, ofPayout(answer)];
      }),
    );
  };

/** What holds here holds everything of the partner. */
const ofPayout = (answer: GateAnswer): PayoutGateAnswer =>
  answer.allowed
    ? answer
    : { allowed: false, reason: answer.reason, about: "partner", isLasting: answer.isLasting === true };

export type ComplianceService = ReturnType<typeof createComplianceService>;
