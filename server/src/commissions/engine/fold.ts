import { derivedId } from "../../kernel/id.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Terms } from "../../programs/index.ts";
import type { EngineEvent } from "./engine-event.ts";
import type { CommissionDraft, Outcome } from "./outcome.ts";
import type { Receipt } from "./receipt.ts";
import { NO_LIMIT, type SpendCut, type SpendFacts, type SpentMonth } from "./spend-facts.ts";
import {
  type CapStanding,
  type CommissionStanding,
  type EarningRule,
  newPartnerStanding,
  type Original,
  type PartnerStanding,
  type ReferralStanding,
} from "./standing.ts";

/** What is known before the first event: everything that the events may touch, as earlier ones left it. */
export type Facts = {
  readonly tenantId: string;
  readonly partners: ReadonlyMap<string, PartnerStanding>;
  readonly referrals: ReadonlyMap<string, ReferralStanding>;
  /** What has been earned under caps, by `capKey`. */
  readonly caps: ReadonlyMap<string, CapStanding>;
  readonly spend: SpendFacts;
  /** Payment and card events that reversals name. */
  readonly originals: ReadonlyMap<string, Original>;
  /** Commissions on which reversals, rejections and terminations fall. */
  readonly commissions: ReadonlyMap<string, CommissionStanding>;
  /** The latest date on which something was earned, by partner and by referral: what a late event is late for. */
  readonly latestEarnings: ReadonlyMap<string, Date>;
  /** Whether a commission had left its hold: then it is taken back by a row of its own, otherwise cancelled. */
  readonly isApproved: (commission: CommissionStanding, at: Date) => boolean;
  /** By re-assessment: every event that was recorded for its partner before it. By arrival: its customer's transactions, as they were recorded. */
  readonly histories: ReadonlyMap<string, readonly EngineEvent[]>;
  /** Assesses under these terms, whatever was in force. */
  readonly termsOverride?: string | undefined;
  /** What stands as it is, by `earningKey`: it earns this, and caps have counted it from the beginning. */
  readonly kept?: ReadonlyMap<string, bigint>;
};

export const NO_FACTS: Omit<Facts, "tenantId" | "isApproved"> = {
  partners: new Map(),
  referrals: new Map(),
  caps: new Map(),
  spend: NO_LIMIT,
  originals: new Map(),
  commissions: new Map(),
  latestEarnings: new Map(),
  histories: new Map(),
};

/**
 * What a run over events has come to so far. Standings are values that are replaced, never changed; the maps belong to the run, so that
 * nothing outside sees them change.
 */
export type Fold = {
  readonly tenantId: string;
  readonly terms: ReadonlyMap<string, Terms>;
  readonly isApproved: Facts["isApproved"];
  readonly histories: Facts["histories"];
  readonly termsOverride: string | undefined;
  readonly partners: Map<string, PartnerStanding>;
  readonly referrals: Map<string, ReferralStanding>;
  readonly caps: Map<string, CapStanding>;
  readonly spendLimits: SpendFacts["limits"];
  readonly spent: Map<string, SpentMonth>;
  readonly spendCuts: Map<string, bigint>;
  readonly spendCutsOfSales: Map<string, bigint>;
  readonly originals: Map<string, Original>;
  /** Chargebacks, by what they charge back. */
  readonly chargedBack: Map<string, string>;
  readonly commissions: Map<string, CommissionStanding>;
  readonly commissionsOf: Map<string, string[]>;
  readonly latestEarnings: Map<string, Date>;
  readonly kept: ReadonlyMap<string, bigint>;
  readonly outcomes: Outcome[];
  /** Those of the events of this run. */
  readonly newSpendCuts: SpendCut[];
  /** Of what arrivals assessed again, beside those of the events themselves. */
  readonly receiptsAgain: Receipt[];
};

export function openFold(terms: ReadonlyMap<string, Terms>, facts: Facts): Fold {
  const fold: Fold = {
    tenantId: facts.tenantId,
    terms,
    isApproved: facts.isApproved,
    histories: facts.histories,
    termsOverride: facts.termsOverride,
    partners: new Map(facts.partners),
    referrals: new Map(facts.referrals),
    caps: new Map(facts.caps),
    spendLimits: facts.spend.limits,
    spent: new Map(facts.spend.spent),
    spendCuts: new Map(facts.spend.cuts),
    spendCutsOfSales: new Map(facts.spend.cutsOfSales),
    newSpendCuts: [],
    originals: new Map(),
    chargedBack: new Map(),
    commissions: new Map(),
    commissionsOf: new Map(),
    latestEarnings: new Map(facts.latestEarnings),
    kept: facts.kept ?? new Map(),
    outcomes: [],
    receiptsAgain: [],
  };
  for (const original of facts.originals.values()) keepOriginal(fold, original);
  for (const commission of facts.commissions.values()) addCommission(fold, commission);
  return fold;
}

export const partnerOf = (fold: Fold, partnerId: string): PartnerStanding =>
  fold.partners.get(partnerId) ?? newPartnerStanding(partnerId);

export function termsOf(fold: Fold, termsId: string): Terms {
  const terms = fold.terms.get(termsId);
  invariant(terms, "the terms of every touched customer are loaded");
  return terms;
}

/**
 * The terms under which a customer's event of a date is assessed: those in force at its conversion, unless terms that hold for existing
 * customers were published after it and not after that date. After it by date: a conversion that is imported, or that a slow clock dates,
 * is recorded later and has not seen them; or by number, where a fast clock dates the conversion (docs/adr/0019).
 */
export function termsAt(fold: Fold, referral: ReferralStanding, at: Date): Terms {
  if (fold.termsOverride !== undefined) return termsOf(fold, fold.termsOverride);
  const later = partnerOf(fold, referral.partnerId).retroactive.findLast(
    (terms) => terms.at <= at && (terms.at > referral.agreedAt || terms.number > referral.conversionNumber),
  );
  return termsOf(fold, later?.termsId ?? referral.termsId);
}

export function keepOriginal(fold: Fold, original: Original): void {
  fold.originals.set(original.id, original);
  for (const { id, kind } of original.reversals) if (kind === "chargeback") fold.chargedBack.set(id, original.id);
}

export function addCommission(fold: Fold, commission: CommissionStanding): void {
  fold.commissions.set(commission.id, commission);
  for (const key of [commission.transactionId, commission.referralId]) {
    if (key === null) continue;
    const ids = fold.commissionsOf.get(key);
    if (ids === undefined) fold.commissionsOf.set(key, [commission.id]);
    else ids.push(commission.id);
  }
}

/** The commissions on a transaction, or of a referral, in the order in which they were earned. */
export function commissionsOf(fold: Fold, transactionOrReferralId: string): CommissionStanding[] {
  return (fold.commissionsOf.get(transactionOrReferralId) ?? [])
    .map((id) => {
      const commission = fold.commissions.get(id);
      invariant(commission, "every listed commission is kept");
      return commission;
    })
    .toSorted(inOrder);
}

/** As they were earned; what a re-assessment added comes after what it adds to. */
export const inOrder = (a: CommissionStanding, b: CommissionStanding): number =>
  Number(a.number - b.number) || compare(a.act, b.act) || compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Earned = Omit<CommissionStanding, "id" | "reversed" | "closedBy">;

/** Books a commission that an event of a customer earned. */
export function earn(fold: Fold, earned: Earned): CommissionStanding {
  const commission = bookEarned(fold, earned);
  for (const key of [commission.partnerId, commission.referralId]) {
    if (key === null) continue;
    const latest = fold.latestEarnings.get(key);
    if (latest === undefined || latest < commission.occurredAt) fold.latestEarnings.set(key, commission.occurredAt);
  }
  return commission;
}

/** The id that a commission has in every run: one for each event, rule, beneficiary and act. */
export const commissionIdOf = (
  { tenantId }: Pick<Fold, "tenantId">,
  { eventId, rule, partnerId, act }: Pick<CommissionStanding, "eventId" | "rule" | "partnerId" | "act">,
): string => derivedId(tenantId, eventId, rule, partnerId, act);

/** Books a commission. What no customer's event earned makes no later event late. */
export function bookEarned(fold: Fold, earned: Earned): CommissionStanding {
  const { eventId, rule, act } = earned;
  const id = commissionIdOf(fold, earned);
  const commission: CommissionStanding = { ...earned, id, reversed: 0n, closedBy: null };
  addCommission(fold, commission);
  fold.outcomes.push({ kind: "earned", commission: draftOf(commission, { id, eventId, rule, act }) });
  return commission;
}

/** What a row does to its commission. `rejection`, `reattribution` and `adjustment` are named for what made them. */
export type FamilyRule = `${EarningRule}.${"reversal" | "restoration" | "rejection" | "reattribution" | "adjustment"}`;

/** Books a row of a commission's family. Its id is derived from the event, rule, beneficiary and act, and from the commission that it names. */
export function addToFamily(
  fold: Fold,
  commission: CommissionStanding,
  row: {
    readonly rule: FamilyRule;
    readonly amount: bigint;
    readonly act: string;
    readonly by: { readonly id: string; readonly occurredAt: Date };
    readonly transactionId: string | null;
  },
): string {
  const id = derivedId(fold.tenantId, row.by.id, row.rule, commission.partnerId, row.act, commission.id);
  const draft = draftOf(commission, { id, eventId: row.by.id, rule: row.rule, act: row.act });
  fold.outcomes.push({
    kind: row.amount < 0n ? "reversed" : "restored",
    commission: {
      ...draft,
      saleNumber: null,
      amount: row.amount,
      transactionId: row.transactionId,
      reversesId: commission.id,
      occurredAt: row.by.occurredAt,
    },
  });
  return id;
}

const draftOf = (
  commission: CommissionStanding,
  row: Pick<CommissionDraft, "id" | "eventId" | "rule" | "act">,
): CommissionDraft => ({
  ...row,
  partnerId: commission.partnerId,
  referralId: commission.referralId,
  transactionId: commission.transactionId,
  type: commission.type,
  amount: commission.amount,
  currency: commission.currency,
  ratePpm: commission.ratePpm,
  saleNumber: commission.saleNumber ?? null,
  reversesId: null,
  occurredAt: commission.occurredAt,
  holdUntil: commission.holdUntil,
  ...(commission.period ? { period: commission.period } : {}),
});
