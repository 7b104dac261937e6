import { findReferralIdsOf } from "../referrals/index.ts";
import { appealCase } from "./appeal-case.ts";
import { assignCase } from "./assign-case.ts";
import { backTestRules, changeRules, getRules } from "./change-rule-set.ts";
import { decideCase, finaliseRefusals } from "./decide-case.ts";
import { findCases, getCase, getReviews } from "./find-cases.ts";
import type { FraudDeps } from "./fraud-deps.ts";
import { fraudPersonalData } from "./fraud-personal-data.ts";
import { noteMovedCustomers } from "./note-moved-customers.ts";
import { notePaid, notePayoutAccounts, noteReturned } from "./note-payout-account.ts";
import { refreshProfiles } from "./refresh-profiles.ts";
import { screenConversions } from "./screen-conversions.ts";
import { payoutGate, screenWaitingPayouts } from "./screen-payouts.ts";
import { takeEvents } from "./take-events.ts";

/** What looks like fraud: found before it earns and before money leaves, decided by a person. */
export const createFraudService = (deps: FraudDeps) => ({
  findCases: findCases(deps),
  getCase: getCase(deps),
  assignCase: assignCase(deps),
  decideCase: decideCase(deps),
  getReviews: getReviews(deps),
  appealCase: appealCase(deps),
  getRules: getRules(deps),
  changeRules: changeRules(deps),
  backTestRules: backTestRules(deps),

  refreshProfiles: refreshProfiles(deps),
  screenWaitingPayouts: screenWaitingPayouts(deps),
  finaliseRefusals: finaliseRefusals(deps),

  /** Inside listener of `referral.converted`. */
  screenConversions: screenConversions(deps),
  /** Inside listener of `referral.reattributed`. */
  noteMovedCustomers: noteMovedCustomers(deps),
  /** Inside listener of `payout_method.changed` and `payout_method.account_noted`. */
  notePayoutAccounts: notePayoutAccounts(deps),
  /** Inside listeners of `payout.completed` and `payout.returned`. */
  notePaid: notePaid(deps),
  noteReturned: noteReturned(deps),
  /** For payouts. */
  payoutGate: payoutGate(deps),
  /** After commit, from the outbox. */
  takeEvents: takeEvents(deps),

  personalData: fraudPersonalData(findReferralIdsOf),
});

export type FraudService = ReturnType<typeof createFraudService>;
