import { invariant } from "../../kernel/invariant.ts";
import { countKept, replaceCaps } from "./caps.ts";
import { corrected, lower, reversedAgain, withoutFate } from "./correction.ts";
import { inDateOrder } from "./date-order.ts";
import { earningKey } from "./earning-key.ts";
import type { EngineEvent, EventOf } from "./engine-event.ts";
import { commissionsOf, earn, type Facts, type Fold, NO_FACTS, openFold, partnerOf, termsAt } from "./fold.ts";
import type { Clause } from "./receipt.ts";
import { takeRounds } from "./refund-of-sale.ts";
import { refundedSoFar } from "./refunded.ts";
import { NO_LIMIT } from "./spend-facts.ts";
import type { CapStanding, CommissionStanding, EarningRule, Original, ReferralStanding } from "./standing.ts";
import { signupsBeside, signupsOf, takeBackWhole } from "./take-back.ts";

type Reassessment = EventOf<"reassessment">;
/** The engine itself, which knows this clause: handed in, so that the two files do not import each other. */
type AssessOne = (fold: Fold, event: EngineEvent) => unknown;
/** A re-assessment, with the events that it assesses again, and the commissions that it may not correct: of these money has left. */
type Act = {
  readonly event: Reassessment;
  readonly history: readonly EngineEvent[];
  readonly paid: ReadonlySet<string>;
  readonly assessOne: AssessOne;
};

/**
 * Assesses a partner's whole history again, in the order of dates (and under other terms, where the act names some), and corrects what is
 * booked to what that comes to, by entries under the act's name. What a rejection or a person closed stays closed. An act that names a date
 * corrects nothing that is dated before it, and one that names what is paid leaves that as it is, and says by how much it differs.
 */
export function reassess(fold: Fold, event: Reassessment, assessOne: AssessOne): Clause[] {
  const history = fold.histories.get(event.id);
  invariant(history, "a re-assessment is given the history that it re-assesses");
  takeRounds(fold, event.partnerId, event.data.rounds);
  const act: Act = { event, history, paid: paidIn(event, history), assessOne };
  const { ideal, plain } = assessAroundKept(fold, act);

  const referrals = [...ideal.referrals.values()].filter(({ isRejected }) => !isRejected);
  const clauses = referrals.flatMap((right) => [
    ...originalsOf(ideal, right.referralId).flatMap((original) =>
      correctEarnings(fold, act, { ideal, plain, original }),
    ),
    ...correctQualification(fold, act, { ideal, right }),
  ]);
  if (event.data.from === undefined) {
    const { clients } = partnerOf(ideal, event.partnerId);
    fold.partners.set(event.partnerId, { ...partnerOf(fold, event.partnerId), clients });
  }
  replaceCaps(fold, event.partnerId, ideal);
  return clauses.length > 0 ? clauses : [{ clause: "correction", outcome: "nothing", reason: "nothing_differs" }];
}

/**
 * The history assessed again. What will not be corrected keeps its room under the caps of the plan: were it given to others, what stands would
 * come to more than a cap. So where there is any, the history is assessed once more around it.
 */
function assessAroundKept(fold: Fold, act: Act): { ideal: Fold; plain: Fold } {
  const plain = assessAgain(fold, act, {});
  const around = keptEarnings(fold, act, plain);
  const areCapped = [...fold.terms.values()].some(({ caps }) => caps.customer.size + caps.month.size > 0);
  return { ideal: areCapped && around.kept.size > 0 ? assessAgain(fold, act, around) : plain, plain };
}

type Kept = { readonly kept: Map<string, bigint>; readonly caps: Map<string, CapStanding> };

/**
 * What stands as it is booked, and what it takes of caps: of customers that are gone, what a rejection or a person closed,
 * and what the act leaves for its date or because it is paid.
 */
function keptEarnings(fold: Fold, { event, paid }: Act, ideal: Fold): Kept {
  const around: Kept = { kept: new Map(), caps: new Map() };
  for (const original of ideal.originals.values()) {
    const referral = ideal.referrals.get(original.referralId);
    if (referral === undefined) continue;
    const { booked, right } = earnedOn(fold, ideal, original);
    for (const rule of PRO_RATA_RULES) {
      const ofRule = booked.filter((commission) => commission.rule === rule);
      const isClosed = [...ofRule, ...right.filter((one) => one.rule === rule)].some(
        ({ closedBy }) => closedBy !== null,
      );
      const isLeft = isBefore(event, original.occurredAt) || ofRule.some(({ id }) => paid.has(id));
      if (!referral.isRejected && !isClosed && !isLeft) continue;
      // What a person granted or added counts under no cap; it did for acts that were recorded without the word, and they are replayed as they were booked.
      const counted = ofRule.filter(({ saleNumber }) => saleNumber == null);
      around.kept.set(earningKey(original.id, rule), sumOf(counted));
      const terms = termsAt(ideal, referral, original.occurredAt);
      for (const { amount, currency } of event.data.counts === "earned" ? counted : ofRule)
        countKept(around, { ...original, ...referral, currency }, amount, terms);
    }
  }
  return around;
}

/** What an original earned of its customer's partner, as it is booked and as it should be. */
function earnedOn(fold: Fold, ideal: Fold, { id, referralId }: Original) {
  const ofCustomer = (commission: CommissionStanding) => commission.referralId === referralId;
  return { booked: commissionsOf(fold, id).filter(ofCustomer), right: commissionsOf(ideal, id).filter(ofCustomer) };
}

function assessAgain(
  fold: Fold,
  { event, history, assessOne }: Act,
  around: Pick<Facts, "kept"> & Partial<Pick<Facts, "caps">>,
): Fold {
  const ideal = openFold(fold.terms, {
    ...NO_FACTS,
    ...around,
    tenantId: fold.tenantId,
    histories: fold.histories,
    // What the programme's limit left of a commission is the most that it comes to; it is not given out anew.
    spend: { ...NO_LIMIT, cuts: fold.spendCuts, cutsOfSales: fold.spendCutsOfSales },
    // What had left its hold is a fact of the books: the same commission has the same id here.
    isApproved: ({ id }, at) => {
      const booked = fold.commissions.get(id);
      return booked !== undefined && fold.isApproved(booked, at);
    },
    termsOverride: event.data.termsId ?? undefined,
  });
  for (const one of inDateOrder(history, event.data.ties))
    if (one.kind !== "reassessment" && one.kind !== "true_up") assessOne(ideal, one);
  return ideal;
}

const originalsOf = (ideal: Fold, referralId: string): Original[] =>
  [...ideal.originals.values()].filter((original) => original.referralId === referralId);

const PRO_RATA_RULES: readonly EarningRule[] = ["recurring", "transaction", "share"];

/** What a payment or card event earned, by rule: a positive difference is a commission of its own, a negative one lowers those that are there. */
function correctEarnings(
  fold: Fold,
  { event, paid }: Act,
  at: { readonly ideal: Fold; readonly plain: Fold; readonly original: Original },
): Clause[] {
  const { ideal, plain, original } = at;
  if (isBefore(event, original.occurredAt)) return [];
  const earned = earnedOn(fold, ideal, original);
  return PRO_RATA_RULES.flatMap((rule) => {
    const ofRule = earned.booked.filter((commission) => commission.rule === rule);
    // More than one where a person raised it, or said what it should have earned: that stays.
    const right = earned.right.filter((commission) => commission.rule === rule);
    const [model] = right;
    if ([...ofRule, ...right].some(({ closedBy }) => closedBy !== null)) return [];
    const kept = ofRule.find(({ id }) => paid.has(id));
    if (kept) {
      // Around what is paid the rest was assessed; what it should have been says the history as it is.
      const should = earnedOn(fold, plain, original).right.filter((commission) => commission.rule === rule);
      const left = sumOf(should) - sumOf(ofRule);
      return left === 0n ? [] : [leftAsPaid(kept, left)];
    }
    const difference = sumOf(right) - sumOf(ofRule);
    if (difference === 0n) return [];
    const taken = { refunded: refundedSoFar(original), of: original.amount };
    if (difference < 0n) return lower(fold, event, { commissions: ofRule, by: -difference, taken });
    invariant(model, "what is owed more has a commission that says so");
    const more = earn(fold, { ...withoutFate(model), act: event.data.act, amount: difference });
    return [corrected(more, difference, "earned_more"), ...reversedAgain(fold, event, [more], taken)];
  });
}

/**
 * The customer qualifies as the dates have it, so that its months and the count of clients are those that the rest was assessed by; where its
 * signup differs, the booked one ends and the right one is earned, unless it is paid (docs/adr/0055).
 */
function correctQualification(
  fold: Fold,
  { event, paid }: Act,
  { ideal, right }: { readonly ideal: Fold; readonly right: ReferralStanding },
): Clause[] {
  const { referralId } = right;
  const booked = fold.referrals.get(referralId);
  if (booked === undefined || !mayQualify(event, booked, right)) return [];
  const rightSignup = signupOf(ideal, right);
  const bookedSignup = signupOf(fold, booked);
  const kept =
    bookedSignup?.closedBy === null ? signupsBeside(fold, bookedSignup).find(({ id }) => paid.has(id)) : undefined;
  const isRight = bookedSignup !== undefined && isSame(rightSignup, bookedSignup);
  // What is paid stays, and what a person or a rejection ended is not earned again: the customer is tied as the dates have it all the same.
  const isKept = bookedSignup !== undefined && (isRight || kept !== undefined || bookedSignup.closedBy !== null);
  // The programme's limit withheld it: that stays so whichever payment the customer is tied to.
  const isWithheld =
    bookedSignup === undefined &&
    originalsOf(ideal, referralId).some(({ id }) => fold.spendCutsOfSales.has(earningKey(id, "signup")));

  const clauses: Clause[] = [];
  if (bookedSignup !== undefined && kept !== undefined && !isRight)
    clauses.push(leftAsPaid(kept, signupDifference(rightSignup, bookedSignup)));
  if (bookedSignup !== undefined && !isKept) {
    const taken = signupsOf(fold, bookedSignup.id);
    clauses.push(...taken.map((one) => takeBackWhole(fold, event, one, { as: "reversal" })));
  }
  let signupId = isKept ? bookedSignup.id : null;
  // What a person took from a larger one may be all of a smaller one: then nothing is earned.
  const isOwed = rightSignup !== undefined && rightSignup.amount > 0n;
  if (isOwed && !isKept && !isWithheld && !booked.isSignupTaken) {
    const signup = earn(fold, { ...withoutFate(rightSignup), act: event.data.act });
    signupId = signup.id;
    clauses.push(corrected(signup, signup.amount, "earned_more"));
  }
  const qualification = right.qualification && { ...right.qualification, signupId };
  const isMoved = !isSameQualification(booked, right);
  if (isMoved) clauses.push({ clause: "qualification", outcome: "corrected", reason: "in_order_of_dates" });
  if (isMoved || booked.qualification?.signupId !== qualification?.signupId) {
    // A paid one that no payment qualifies for any more is of none: no later payment earns another, and no chargeback gives it back.
    const isLeftOver = kept !== undefined && qualification === null;
    fold.referrals.set(referralId, {
      ...booked,
      qualification,
      lostPaymentId: right.lostPaymentId,
      lostSignup: isLeftOver ? 0n : right.lostSignup,
      isSignupTaken: booked.isSignupTaken || isLeftOver,
    });
  }
  const wasSettled = booked.qualification?.isSettled ?? false;
  const isSettled = right.qualification?.isSettled ?? false;
  if (wasSettled !== isSettled) {
    const kind = isSettled ? "qualified" : "unqualified";
    fold.outcomes.push({ kind, referralId, at: event.occurredAt });
    if (event.data.from !== undefined) {
      const partner = partnerOf(fold, event.partnerId);
      fold.partners.set(event.partnerId, { ...partner, clients: partner.clients + (isSettled ? 1 : -1) });
    }
  }
  return clauses;
}

const isBefore = ({ data: { from } }: Reassessment, at: Date): boolean => from !== undefined && at < new Date(from);

/** What the act says is paid, and what an earlier one has left for that: it was shown that it stays. */
function paidIn({ data }: Reassessment, history: readonly EngineEvent[]): ReadonlySet<string> {
  const earlier = history.flatMap((one) => (one.kind === "reassessment" ? (one.data.left ?? []) : []));
  return new Set([...(data.paid ?? []), ...earlier]);
}

/** Of an act with a date, payments alone that are not dated before it decide whether a customer is qualified. */
function mayQualify(event: Reassessment, ...standings: readonly ReferralStanding[]): boolean {
  if (event.data.from === undefined) return true;
  const dates = standings.flatMap(({ qualification }) => qualification?.at ?? []);
  return dates.length > 0 && !dates.some((at) => isBefore(event, at));
}

const signupOf = (fold: Fold, { qualification }: ReferralStanding): CommissionStanding | undefined =>
  fold.commissions.get(qualification?.signupId ?? "");

/** What the right one is more, where both are in one currency; otherwise all that was booked is too much. */
const signupDifference = (right: CommissionStanding | undefined, booked: CommissionStanding): bigint =>
  (right?.currency === booked.currency ? right.amount : 0n) - booked.amount;

const leftAsPaid = ({ id, rule, currency }: CommissionStanding, amount: bigint): Clause => ({
  clause: "correction",
  outcome: "nothing",
  reason: "paid",
  rule,
  commissionId: id,
  amount,
  currency,
});

const sumOf = (commissions: readonly CommissionStanding[]): bigint =>
  commissions.reduce((sum, { amount }) => sum + amount, 0n);

const isSame = (right: CommissionStanding | undefined, booked: CommissionStanding): boolean =>
  right?.amount === booked.amount && right.currency === booked.currency;

const isSameQualification = (a: ReferralStanding, b: ReferralStanding): boolean =>
  a.qualification?.paymentId === b.qualification?.paymentId &&
  a.qualification?.isSettled === b.qualification?.isSettled &&
  a.lostPaymentId === b.lostPaymentId;
