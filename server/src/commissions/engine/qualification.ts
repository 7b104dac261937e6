import type { Terms } from "../../programs/index.ts";
import { holdEnd } from "../commission-rules.ts";
import { inactiveAt } from "./earning-window.ts";
import { actOf, type EngineEvent, type TransactionEvent } from "./engine-event.ts";
import { commissionIdOf, commissionsOf, earn, type Fold, partnerOf, termsAt } from "./fold.ts";
import type { Clause } from "./receipt.ts";
import { cutToSpendLimit } from "./spend-limit.ts";
import type { Qualification, ReferralStanding } from "./standing.ts";

/** The qualifying payment (assessment, clause 2): the first that can, recorded while the customer has none. */
export function qualify(fold: Fold, event: TransactionEvent, referral: ReferralStanding, terms: Terms): Clause[] {
  const reason = referral.qualification === null ? unqualifying(event, terms) : "already_qualified";
  if (reason !== undefined) return [{ clause: "qualification", outcome: "nothing", reason }];
  const qualification = { paymentId: event.id, at: event.occurredAt, isSettled: false, signupId: null };
  return begin(fold, event, referral, qualification);
}

/** Why a payment cannot qualify a customer; undefined if it can. */
export function unqualifying(
  { amount, tax, currency }: Pick<TransactionEvent, "amount" | "tax" | "currency">,
  terms: Pick<Terms, "qualifyingMinimum" | "currency">,
): string | undefined {
  const base = amount - tax;
  if (base <= 0n) return "base_not_above_zero";
  // The minimum is an amount of the programme's currency; nothing is converted, so another currency cannot reach it.
  if (terms.qualifyingMinimum > 0n && currency !== terms.currency) return "minimum_in_another_currency";
  return base < terms.qualifyingMinimum ? "below_minimum" : undefined;
}

/** Ties a customer to its qualifying payment, for the first time or again; the months run from here whatever is open. */
export function begin(
  fold: Fold,
  event: EngineEvent,
  referral: ReferralStanding,
  qualification: Qualification,
): Clause[] {
  const isBack = qualification.paymentId === referral.lostPaymentId;
  const lostSignup = isBack ? referral.lostSignup : null;
  const qualified: ReferralStanding = { ...referral, qualification, lostPaymentId: null, lostSignup };
  fold.referrals.set(referral.referralId, qualified);
  return settle(fold, event, qualified);
}

/** Whether nothing is earned by a qualification here any more: its customer has ended, and no bonus that stood beyond that was lost since. */
export const isOver = ({ isRejected, lostSignup }: ReferralStanding): boolean =>
  isRejected && (lostSignup === null || lostSignup === 0n);

/** Records signup and count of a qualification, unless verification or a fraud hold is open: then they wait for its end. */
export function settle(fold: Fold, event: EngineEvent, referral: ReferralStanding): Clause[] {
  const { qualification, referralId, partnerId } = referral;
  if (qualification === null || qualification.isSettled || isOver(referral)) {
    return [{ clause: "qualification", outcome: "nothing", reason: "nothing_waits" }];
  }
  if (referral.isVerificationOpen || referral.isHeld) {
    const reason = referral.isVerificationOpen ? "verification_open" : "fraud_hold_open";
    return [{ clause: "qualification", outcome: "waits", reason }];
  }
  const partner = partnerOf(fold, partnerId);
  const clients = partner.clients + 1;
  // Who has ended here counts no more, though a bonus that stood comes back.
  if (!referral.isRejected) {
    fold.partners.set(partnerId, { ...partner, clients });
    fold.outcomes.push({ kind: "qualified", referralId, at: event.occurredAt });
  }

  const signup = earnSignup(fold, event, referral, qualification);
  const signupId = signup.commissionId ?? null;
  fold.referrals.set(referralId, {
    ...referral,
    qualification: { ...qualification, isSettled: true, signupId },
    lostSignup: null,
  });
  const counted: Clause = { clause: "qualification", outcome: "applies", reason: "qualified", clients };
  return referral.isRejected ? [signup] : [counted, signup];
}

/**
 * The signup bonus, once for a qualification, as it stands. It rewards the payment: the payment's date decides, and its hold runs from it. What
 * comes back with a payment that was lost is what was lost (docs/adr/0056).
 */
function earnSignup(
  fold: Fold,
  event: EngineEvent,
  referral: ReferralStanding,
  { paymentId, at }: Qualification,
): Clause {
  const { partnerId, referralId, lostSignup } = referral;
  const terms = termsAt(fold, referral, at);
  const earlier = commissionsOf(fold, paymentId).findLast(
    (one) => one.rule === "signup" && one.referralId === referralId,
  );
  const named = { eventId: event.id, partnerId, rule: "signup", act: actOf(event) } as const;
  const earned = (amount: bigint, currency: string, figures: Partial<Clause>): Clause => {
    const { id } = earn(fold, {
      ...named,
      referralId,
      transactionId: paymentId,
      number: event.number,
      type: "signup",
      amount,
      currency,
      ratePpm: null,
      occurredAt: at,
      holdUntil: holdEnd(at, terms.holdDays),
    });
    return { clause: "signup", outcome: "earned", reason: "qualified", commissionId: id, amount, currency, ...figures };
  };
  // It has been counted, and cut, as it was first earned.
  if (lostSignup !== null && lostSignup > 0n) return earned(lostSignup, earlier?.currency ?? terms.currency, {});
  if (earlier?.closedBy === "person") return { ...noSignup("closed_by_hand"), commissionId: earlier.id };
  const reason = unearned(fold, event, { referral, at, terms });
  if (reason !== undefined) return noSignup(reason);
  const { amount, tried: limit } = cutToSpendLimit(fold, {
    commissionId: commissionIdOf(fold, named),
    event,
    saleId: paymentId,
    rule: "signup",
    at,
    timeZone: terms.timeZone,
    currency: terms.currency,
    wanted: terms.signupBonus,
    isWhole: true,
  });
  const limited = limit === undefined ? {} : { spendLimit: limit };
  if (amount === 0n) return { ...noSignup("spend_limit_reached"), ...limited };
  return earned(amount, terms.currency, limited);
}

/** Why a qualification earns no signup bonus, whatever the limit of the programme leaves. */
function unearned(
  fold: Fold,
  event: EngineEvent,
  { referral, at, terms }: { readonly referral: ReferralStanding; readonly at: Date; readonly terms: Terms },
): string | undefined {
  const inactivity = inactiveAt(partnerOf(fold, referral.partnerId), at);
  if (inactivity !== undefined) return inactivity;
  const staysElsewhere = referral.isSignupTaken || ("again" in event && event.again?.earns === false);
  if (staysElsewhere) return "stays_with_another";
  if (terms.signupBonus === 0n) return "no_bonus";
  return referral.lostSignup === 0n ? "nothing_was_lost" : undefined;
}

const noSignup = (reason: string): Clause => ({ clause: "signup", outcome: "nothing", reason });
