import { type MessageKey, t } from "../../i18n/messages.ts";

const CLAUSES: Readonly<Record<string, MessageKey>> = {
  window: "clause.window",
  qualification: "clause.qualification",
  signup: "clause.signup",
  recurring: "clause.recurring",
  transaction: "clause.transaction",
  share: "clause.share",
  volume: "clause.volume",
  reversal: "clause.reversal",
  standing: "clause.standing",
  correction: "clause.correction",
};

const REASONS: Readonly<Record<string, MessageKey>> = {
  active: "reason.active",
  qualified: "reason.qualified",
  already_qualified: "reason.already_qualified",
  rate: "reason.rate",
  no_rate: "reason.no_rate",
  no_bonus: "reason.no_bonus",
  months_are_over: "reason.months_are_over",
  licence_mode: "reason.licence_mode",
  rounds_to_zero: "reason.rounds_to_zero",
  not_converted: "reason.not_converted",
  before_approval: "reason.before_approval",
  converted_before: "reason.converted_before",
  closed: "reason.closed",
  in_hold: "reason.in_hold",
  approved: "reason.approved",
  nothing_left: "reason.nothing_left",
  nothing_was_earned: "reason.nothing_was_earned",
  volume: "reason.volume",
  capped: "reason.capped",
  cap_reached: "reason.cap_reached",
  spend_limited: "reason.spend_limited",
  spend_limit_reached: "reason.spend_limit_reached",
  flat: "reason.flat",
  narrowest_that_fits: "reason.narrowest_that_fits",
  narrower_rule_fits: "reason.narrower_rule_fits",
  product_does_not_fit: "reason.product_does_not_fit",
  planCode_does_not_fit: "reason.planCode_does_not_fit",
  country_does_not_fit: "reason.country_does_not_fit",
  currency_does_not_fit: "reason.currency_does_not_fit",
  payment_does_not_fit: "reason.payment_does_not_fit",
  ageDays_does_not_fit: "reason.ageDays_does_not_fit",
};

const CAPS: Readonly<Record<string, MessageKey>> = {
  commission: "cap.commission",
  customer: "cap.customer",
  month: "cap.month",
};

/** What a cap is counted by. */
export const capWords = (cap: string): string => wordsOf(CAPS, cap);
/** A rule of the plan in words. */
export const clauseWords = (clause: string): string => wordsOf(CLAUSES, clause);
/** Why a rule gave what it gave; a reason without words is said as the API has it. */
export const reasonWords = (reason: string): string => wordsOf(REASONS, reason);

function wordsOf(table: Readonly<Record<string, MessageKey>>, code: string): string {
  const key = table[code];
  return key === undefined ? code.replaceAll("_", " ") : t(key);
}
