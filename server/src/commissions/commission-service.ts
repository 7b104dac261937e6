import type { Tx } from "../platform/database/index.ts";
import { approveCommission } from "./approve-commission.ts";
import { approveDue } from "./approve-due.ts";
import { assessPartnerEvents } from "./assess-partner-events.ts";
import { assessTransactions } from "./assess-transactions.ts";
import { assignDispute } from "./assign-dispute.ts";
import { backdatePlan, previewBackdating } from "./backdate-plan.ts";
import { calculateCommission, calculateOwnCommission } from "./calculate-commission.ts";
import { calculateMissed } from "./calculate-missed.ts";
import { cancelCommission } from "./cancel-commission.ts";
import { changeDisputeSettings, getDisputeSettings } from "./change-dispute-settings.ts";
import type { CommissionDeps } from "./commission-deps.ts";
import { getCommissionSummary, getCommissionSummaryFor } from "./commission-summary.ts";
import { describeCommissions } from "./commission-view.ts";
import { answerDispute, writeInDispute } from "./discuss-dispute.ts";
import { disputeCommission } from "./dispute-commission.ts";
import { escalateDispute } from "./escalate-dispute.ts";
import { findAllCommissions, getCommission, getCommissionFor, getCommissions } from "./find-commissions.ts";
import { findAllDisputes, getDispute, getDisputeFor, getDisputes } from "./find-disputes.ts";
import { fraudHoldGate } from "./fraud-hold-gate.ts";
import { grantCommission } from "./grant-commission.ts";
import { type GrantedEarnings, grantEarnings } from "./grant-earnings.ts";
import { keepDisputeClock } from "./keep-dispute-clock.ts";
import { findSpending, limitSpending } from "./limit-spending.ts";
import { prepareHandover } from "./prepare-handover.ts";
import { previewReassessment, reassessPartner } from "./reassess-partner.ts";
import { replay } from "./replay.ts";
import { reportMissing } from "./report-missing.ts";
import { resolveDispute } from "./resolve-dispute.ts";
import { freeEarnings, returnSetOff, setOffEarnings } from "./set-off-earnings.ts";
import { approvedCommissions, settlePaid } from "./settle-paid.ts";
import { simulatePlan } from "./simulate-plan.ts";
import { sendReviewerNotice } from "./tell-reviewers.ts";
import { trueUpVolume } from "./true-up-volume.ts";
import { withdrawDispute } from "./withdraw-dispute.ts";
import { writeOffDebt } from "./write-off-debt.ts";

/** Commissions: what partners earned, why, and what became of it. */
export const createCommissionService = (given: CommissionDeps) => {
  const deps: CommissionDeps = { ...given, gates: [fraudHoldGate, ...given.gates] };
  return {
    calculateOwnCommission: calculateOwnCommission(deps),
    calculateCommission: calculateCommission(deps),
    calculateMissed: calculateMissed(deps),
    previewReassessment: previewReassessment(deps),
    reassessPartner: reassessPartner(deps),
    simulatePlan: simulatePlan(deps),
    previewBackdating: previewBackdating(deps),
    backdatePlan: backdatePlan(deps),
    /** Compares the books with a replay of the recorded events. */
    replay: replay(deps),
    approveCommission: approveCommission(deps),
    approveDue: approveDue(deps),
    trueUpVolume: trueUpVolume(deps),
    disputeCommission: disputeCommission(deps),
    reportMissing: reportMissing(deps),
    answerDispute: answerDispute(deps),
    withdrawDispute: withdrawDispute(deps),
    writeInDispute: writeInDispute(deps),
    assignDispute: assignDispute(deps),
    escalateDispute: escalateDispute(deps),
    resolveDispute: resolveDispute(deps),
    keepDisputeClock: keepDisputeClock(deps),
    getDisputeSettings: getDisputeSettings(deps),
    changeDisputeSettings: changeDisputeSettings(deps),
    cancelCommission: cancelCommission(deps),
    grantCommission: grantCommission(deps),
    findSpending: findSpending(deps),
    limitSpending: limitSpending(deps),
    writeOffDebt: writeOffDebt(deps),
    sendReviewerNotice: sendReviewerNotice(deps),
    getCommissions: getCommissions(deps),
    findCommissions: findAllCommissions(deps),
    getCommission: getCommission(deps),
    getCommissionFor: getCommissionFor(deps),
    getCommissionSummary: getCommissionSummary(deps),
    getCommissionSummaryFor: getCommissionSummaryFor(deps),
    getDisputes: getDisputes(deps),
    getDispute: getDispute(deps),
    findDisputes: findAllDisputes(deps),
    getDisputeFor: getDisputeFor(deps),
    /** Asked and told by `payouts`. */
    approvedCommissions,
    describeCommissions: describeCommissions(deps),
    settlePaid: settlePaid(deps),
    /** Asked and told by `fees`. */
    freeEarnings: freeEarnings(deps),
    setOffEarnings: setOffEarnings(deps),
    returnSetOff: returnSetOff(deps),
    grantEarnings: async (tx: Tx, granted: GrantedEarnings): Promise<string> =>
      (await grantEarnings(deps, tx, granted)).id,
    /** Asked by `referrals`, where a customer goes to another partner. */
    prepareHandover: prepareHandover(deps),
    /** Inside listeners: what is recorded has been assessed and booked before its caller is answered. */
    assessTransactions: assessTransactions(deps),
    assessPartnerEvents: assessPartnerEvents(deps),
  };
};

export type CommissionService = ReturnType<typeof createCommissionService>;
