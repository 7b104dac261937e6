import type { Terms } from "../../programs/index.ts";
import { arrive } from "./arrival.ts";
import { decideByHand } from "./by-hand.ts";
import { earningWindow } from "./earning-window.ts";
import { type Earning, earnRecurring, earnShare, earnVolume } from "./earnings.ts";
import { actOf, type EngineEvent, type EventOf, type PartnerAct, type TransactionEvent } from "./engine-event.ts";
import { type Facts, type Fold, keepOriginal, openFold, partnerOf, termsAt } from "./fold.ts";
import { lateReasonsOfCaps, lateReasonsOfPayment, lateReasonsOfReversal } from "./late.ts";
import type { Assessment } from "./outcome.ts";
import * as acts from "./partner-acts.ts";
import { qualify } from "./qualification.ts";
import { reassess } from "./reassess.ts";
import type { Clause, LateReason, Receipt } from "./receipt.ts";
import { reverse } from "./reversal.ts";
import { trueUp } from "./true-up.ts";

/**
 * The commission engine: what follows from recorded events, in their order, under terms, from what was known before. Online, batch,
 * simulation and replay run this same function; only what feeds it and what receives its answer differ. It reads no clock and no database.
 */
export function assess(events: readonly EngineEvent[], terms: ReadonlyMap<string, Terms>, facts: Facts): Assessment {
  const fold = openFold(terms, facts);
  const receipts = events.map((event) => assessOne(fold, event));
  return {
    outcomes: fold.outcomes,
    receipts: [...receipts, ...fold.receiptsAgain],
    partners: [...fold.partners.values()].filter((partner) => facts.partners.get(partner.partnerId) !== partner),
    referrals: [...fold.referrals.values()].filter((referral) => facts.referrals.get(referral.referralId) !== referral),
    caps: [...fold.caps].flatMap(([key, cap]) => (facts.caps.get(key) === cap ? [] : [cap])),
    spent: [...fold.spent].flatMap(([key, month]) => (facts.spend.spent.get(key) === month ? [] : [month])),
    spendCuts: fold.newSpendCuts,
  };
}

/** Takes one more event into a fold, and says on its receipt what followed from it. */
export function assessOne(fold: Fold, event: EngineEvent): Receipt {
  const { clauses, late } = tryClauses(fold, event);
  return receiptOf(fold, event, clauses, late);
}

type Tried = { readonly clauses: readonly Clause[]; readonly late: readonly LateReason[] };

function tryClauses(fold: Fold, event: EngineEvent): Tried {
  switch (event.kind) {
    case "payment":
      return assessPayment(fold, event);
    case "card":
      return assessCard(fold, event);
    case "refund":
    case "chargeback":
    case "chargeback_won":
      return assessReversal(fold, event, event.kind);
    case "reassessment":
      return inTime(reassess(fold, event, assessOne));
    case "arrival":
      return inTime(arrive(fold, event, assessOne));
    default:
      return inTime(changeOf(event.kind)(fold, event));
  }
}

const ACTS = {
  approval: acts.approve,
  suspension: acts.suspend,
  reinstatement: acts.reinstate,
  termination: acts.terminate,
  terms: acts.takeTerms,
  conversion: acts.convert,
  verification: acts.verify,
  fraud_hold: acts.hold,
  fraud_release: acts.release,
  rejection: acts.reject,
  departure: acts.depart,
  dispute_resolved: decideByHand,
  true_up: trueUp,
} as const satisfies { readonly [Kind in EngineEvent["kind"]]?: (fold: Fold, act: EventOf<Kind>) => Clause[] };

/** The table gives each kind the function of that kind, as its own check says: a lookup by a union of kinds cannot see that. */
const changeOf = (kind: keyof typeof ACTS) => ACTS[kind] as (fold: Fold, act: PartnerAct) => Clause[];

const inTime = (clauses: readonly Clause[]): Tried => ({ clauses, late: [] });

/** Clauses 1, 2, 3 and 5, in this order: the payment that qualifies a customer counts it before its own bonus is read. */
function assessPayment(fold: Fold, event: TransactionEvent): Tried {
  const partner = partnerOf(fold, event.partnerId);
  const window = earningWindow(partner, fold.referrals.get(event.referralId), event);
  remember(fold, event);
  if (window.state === "closed") return inTime([window.clause]);

  const { referral } = window;
  const terms = termsAt(fold, referral, event.occurredAt);
  const qualification = qualify(fold, event, referral, terms);
  // What is assessed again was late or not when it was recorded.
  const late = (earned: readonly Clause[] = []) =>
    event.again
      ? []
      : [
          ...lateReasonsOfPayment(fold, event, { before: referral, terms, clientsBefore: partner.clients }),
          ...lateReasonsOfCaps(fold, event, earned),
        ];
  if (window.state === "inactive") return { clauses: [window.clause, ...qualification], late: late() };

  const earning: Earning = { fold, event, terms };
  const customer = fold.referrals.get(event.referralId) ?? referral;
  const recurring = earnRecurring(earning, customer, partnerOf(fold, event.partnerId).clients);
  const share = earnShare(earning, event.amount - event.tax);
  return { clauses: [window.clause, ...qualification, recurring, share], late: late([recurring, share]) };
}

/** Clauses 1, 4 and 5. */
function assessCard(fold: Fold, event: TransactionEvent): Tried {
  const window = earningWindow(partnerOf(fold, event.partnerId), fold.referrals.get(event.referralId), event);
  remember(fold, event);
  if (window.state !== "open") return inTime([window.clause]);
  const earning: Earning = { fold, event, terms: termsAt(fold, window.referral, event.occurredAt) };
  const earned = [earnVolume(earning), earnShare(earning, event.revenue)];
  return { clauses: [window.clause, ...earned], late: event.again ? [] : lateReasonsOfCaps(fold, event, earned) };
}

function assessReversal(fold: Fold, event: TransactionEvent, kind: "refund" | "chargeback" | "chargeback_won"): Tried {
  const before = fold.referrals.get(event.referralId);
  const clauses = reverse(fold, event, kind);
  return { clauses, late: event.again ? [] : lateReasonsOfReversal(fold, event, before) };
}

/** Later reversals find what they reverse, whatever it earned. */
const remember = (fold: Fold, { id, amount, tax, occurredAt, referralId }: TransactionEvent): void =>
  keepOriginal(fold, { id, amount, tax, occurredAt, referralId, reversals: [] });

function receiptOf(fold: Fold, event: EngineEvent, clauses: readonly Clause[], late: readonly LateReason[]): Receipt {
  const referral = event.referralId === null ? undefined : fold.referrals.get(event.referralId);
  const terms = referral && termsAt(fold, referral, event.occurredAt);
  const money = "amount" in event ? event : undefined;
  return {
    eventId: event.id,
    kind: event.kind,
    partnerId: event.partnerId,
    referralId: event.referralId,
    number: event.number,
    occurredAt: event.occurredAt,
    act: actOf(event),
    terms: terms ? { id: terms.id, planId: terms.planId, planVersion: terms.planVersion, tier: terms.tier } : null,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    tax: money?.tax ?? null,
    revenue: money?.revenue ?? null,
    originalId: money?.originalId ?? null,
    clauses,
    late,
  };
}
