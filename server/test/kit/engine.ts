import { assess } from "../../src/commissions/engine/assess.ts";
import { capKey } from "../../src/commissions/engine/caps.ts";
import { earningKey } from "../../src/commissions/engine/earning-key.ts";
import type {
  ArrivalData,
  EngineEvent,
  HandGrant,
  ReassessmentData,
  TransactionEvent,
} from "../../src/commissions/engine/engine-event.ts";
import { type Facts, NO_FACTS } from "../../src/commissions/engine/fold.ts";
import type { Outcome } from "../../src/commissions/engine/outcome.ts";
import type { Clause, Receipt } from "../../src/commissions/engine/receipt.ts";
import { spendKey } from "../../src/commissions/engine/spend-facts.ts";
import type { CommissionStanding, Original } from "../../src/commissions/engine/standing.ts";
import type { TrueUpPeriod } from "../../src/commissions/engine/true-up-period.ts";
import { defaultTiers, parsePlan, type Terms, type Tier } from "../../src/programs/index.ts";

const PLANS = parsePlan({ tiers: defaultTiers("USD") });

/** The default terms of a tier, with what a test changes. */
export const termsOfTier = (tier: Tier, changes: Partial<Terms> = {}): Terms => ({
  ...PLANS[tier],
  id: `terms of ${tier}`,
  planId: "plan",
  planVersion: 1,
  tier,
  currency: "USD",
  timeZone: "UTC",
  ...changes,
});

type Money = {
  readonly amount: bigint;
  readonly currency?: string;
  readonly tax?: bigint;
  readonly revenue?: bigint;
} & Partial<Pick<TransactionEvent, "product" | "planCode" | "country">>;

/** A partner's recorded sequence, written down as a test tells it. Numbers follow the order of the calls. */
export function recordedSequence(partnerId = "partner") {
  const events: EngineEvent[] = [];
  const act = (kind: string, at: string, referralId: string | null = null, data: object = {}): EngineEvent =>
    add({ kind, id: `${kind} ${events.length + 1}`, referralId, data, occurredAt: new Date(at) });
  const transaction = (kind: string, id: string, at: string, money: Money, rest: object): EngineEvent =>
    add({
      kind,
      id,
      externalId: id,
      occurredAt: new Date(at),
      currency: "USD",
      tax: 0n,
      revenue: 0n,
      product: null,
      planCode: null,
      country: null,
      originalId: null,
      ...money,
      ...rest,
    });
  const add = (event: object): EngineEvent => {
    const placed = { ...event, partnerId, number: BigInt(events.length + 1) } as EngineEvent;
    events.push(placed);
    return placed;
  };
  return {
    events,
    approve: (at = "2020-01-01T00:00:00Z") => act("approval", at),
    suspend: (at: string) => act("suspension", at),
    reinstate: (at: string) => act("reinstatement", at),
    terminate: (at: string) => act("termination", at),
    terms: (at: string, termsId: string, isRetroactive: boolean) => act("terms", at, null, { termsId, isRetroactive }),
    convert: (customer: string, termsId: string, at = "2020-01-02T00:00:00Z", isVerificationOpen = false) =>
      act("conversion", at, customer, { termsId, verificationRequired: isVerificationOpen, isVerified: false }),
    verify: (customer: string, at: string) => act("verification", at, customer),
    holdForFraud: (customer: string, at: string) => act("fraud_hold", at, customer),
    release: (customer: string, at: string) => act("fraud_release", at, customer),
    reject: (customer: string, at: string, takesBackApproved = false) =>
      act("rejection", at, customer, { reason: "fraud", takesBackApproved }),
    depart: (customer: string, at: string, moved: readonly string[]) => act("departure", at, customer, { moved }),
    arrive: (customer: string, at: string, data: ArrivalData) => act("arrival", at, customer, data),
    closeByHand: (commissionIds: string[], at: string) =>
      act("dispute_resolved", at, null, { cancelled: commissionIds }),
    adjustByHand: (commissionId: string, by: bigint, at: string, rest: Pick<ReassessmentData, "rounds"> = {}) =>
      act("dispute_resolved", at, null, {
        ...rest,
        adjusted: { commissionId, transactionId: null, by: String(by), holdUntil: at },
      }),
    grantByHand: (customer: string, granted: HandGrant, at: string) =>
      act("dispute_resolved", at, customer, { granted }),
    trueUp: (at: string, termsId: string, period: TrueUpPeriod) => act("true_up", at, null, { termsId, ...period }),
    reassess: (
      at: string,
      name: string,
      termsId?: string,
      rest: Partial<Omit<ReassessmentData, "act" | "termsId">> = {},
    ) =>
      act("reassessment", at, null, {
        act: name,
        reason: "test",
        ...rest,
        ...(termsId === undefined ? {} : { termsId }),
      }),
    pay: (customer: string, id: string, at: string, money: Money) =>
      transaction("payment", id, at, money, { referralId: customer }),
    spend: (customer: string, id: string, at: string, money: Money) =>
      transaction("card", id, at, money, { referralId: customer }),
    refund: (customer: string, originalId: string, id: string, at: string, amount: bigint) =>
      transaction("refund", id, at, { amount }, { referralId: customer, originalId }),
    chargeBack: (customer: string, originalId: string, id: string, at: string, amount: bigint) =>
      transaction("chargeback", id, at, { amount }, { referralId: customer, originalId }),
    winChargeback: (customer: string, chargebackId: string, id: string, at: string, amount: bigint) =>
      transaction("chargeback_won", id, at, { amount }, { referralId: customer, originalId: chargebackId }),
  };
}

export type Books = {
  readonly events: readonly EngineEvent[];
  readonly facts: Facts;
  readonly outcomes: readonly Outcome[];
  readonly receipts: readonly Receipt[];
};

/** What a commission had left its hold at a date, where nothing but time decides. */
const byDates: Facts["isApproved"] = ({ holdUntil }, at) => holdUntil <= at;

export const emptyBooks = (isApproved: Facts["isApproved"] = byDates): Books => ({
  facts: { ...NO_FACTS, tenantId: "tenant", isApproved },
  events: [],
  outcomes: [],
  receipts: [],
});

/**
 * Assesses a batch on top of books, and keeps what followed as the database does: standings as they are told, originals from receipts,
 * commissions from their rows.
 */
export function assessBatch(books: Books, events: readonly EngineEvent[], terms: readonly Terms[]): Books {
  const history = [...books.events, ...events];
  const before = ({ partnerId, number }: EngineEvent) =>
    history.filter((one) => one.partnerId === partnerId && one.number < number);
  const { outcomes, receipts, partners, referrals, caps, spent, spendCuts } = assess(
    events,
    new Map(terms.map((one) => [one.id, one])),
    {
      ...books.facts,
      histories: new Map([
        ...books.facts.histories,
        ...events.filter(({ kind }) => kind === "reassessment").map((one) => [one.id, before(one)] as const),
      ]),
    },
  );
  const all = { outcomes: [...books.outcomes, ...outcomes], receipts: [...books.receipts, ...receipts] };
  const commissions = standingsOf(all.outcomes, all.receipts);
  for (const event of history) {
    for (const id of event.kind === "dispute_resolved" ? (event.data.cancelled ?? []) : []) {
      const standing = commissions.get(id);
      if (standing) commissions.set(id, { ...standing, closedBy: "person" });
    }
  }
  return {
    ...all,
    events: history,
    facts: {
      ...books.facts,
      partners: new Map([...books.facts.partners, ...partners.map((one) => [one.partnerId, one] as const)]),
      referrals: new Map([...books.facts.referrals, ...referrals.map((one) => [one.referralId, one] as const)]),
      caps: new Map([...books.facts.caps, ...caps.map((one) => [capKey(one), one] as const)]),
      spend: {
        ...books.facts.spend,
        spent: new Map([...books.facts.spend.spent, ...spent.map((one) => [spendKey(one), one] as const)]),
        cuts: new Map([...books.facts.spend.cuts, ...spendCuts.map((one) => [one.commissionId, one.given] as const)]),
        cutsOfSales: new Map([
          ...books.facts.spend.cutsOfSales,
          ...spendCuts.map(({ saleId, rule, given }) => [earningKey(saleId, rule), given] as const),
        ]),
      },
      commissions,
      originals: originalsOf(all.receipts),
      latestEarnings: latestOf(commissions),
    },
  };
}

function standingsOf(outcomes: readonly Outcome[], receipts: readonly Receipt[]): Map<string, CommissionStanding> {
  const numbers = new Map(receipts.map((receipt) => [receipt.eventId, receipt.number]));
  const standings = new Map<string, CommissionStanding>();
  for (const outcome of outcomes) {
    if (outcome.kind === "cancelled" || outcome.kind === "closed") {
      const standing = standings.get(outcome.commissionId);
      if (standing) standings.set(standing.id, { ...standing, closedBy: "event" });
    } else if (outcome.kind === "earned") {
      const { commission } = outcome;
      standings.set(commission.id, {
        ...commission,
        rule: commission.rule as CommissionStanding["rule"],
        number: numbers.get(commission.eventId) ?? 0n,
        reversed: 0n,
        closedBy: null,
      });
    } else if (outcome.kind !== "qualified" && outcome.kind !== "unqualified") {
      const { rule, reversesId, amount } = outcome.commission;
      const standing = standings.get(reversesId ?? "");
      if (!standing) continue;
      if (rule.endsWith(".adjustment")) standings.set(standing.id, { ...standing, amount: standing.amount + amount });
      // As the database has it: what a rejection or a re-attribution takes back closes the commission, and is no part of its event's reversals.
      else if (rule.endsWith(".reversal") || rule.endsWith(".restoration"))
        standings.set(standing.id, { ...standing, reversed: standing.reversed - amount });
    }
  }
  return standings;
}

function originalsOf(receipts: readonly Receipt[]): Facts["originals"] {
  const originals = new Map<string, Original>();
  const charged = new Map<string, string>();
  for (const { eventId: id, kind, amount, tax, occurredAt, referralId, originalId } of receipts) {
    if (amount === null || referralId === null) continue;
    if (originalId === null) originals.set(id, { id, amount, tax: tax ?? 0n, occurredAt, referralId, reversals: [] });
    else {
      if (kind === "chargeback") charged.set(id, originalId);
      const original = originals.get(charged.get(originalId) ?? originalId);
      if (!original || (kind !== "refund" && kind !== "chargeback" && kind !== "chargeback_won")) continue;
      const reversal = { id, kind, amount, occurredAt, namesId: originalId } as const;
      originals.set(original.id, { ...original, reversals: [...original.reversals, reversal] });
    }
  }
  return originals;
}

function latestOf(commissions: ReadonlyMap<string, CommissionStanding>): Map<string, Date> {
  const latest = new Map<string, Date>();
  for (const { partnerId, referralId, occurredAt } of commissions.values()) {
    for (const key of referralId === null ? [] : [partnerId, referralId]) {
      const known = latest.get(key);
      if (known === undefined || known < occurredAt) latest.set(key, occurredAt);
    }
  }
  return latest;
}

/** Rows as a reader sees them: what was earned and what took it back, in minor units, cancelled ones without a figure. */
export function rowsOf({ outcomes }: Pick<Books, "outcomes">): string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind === "closed") return [];
    if (outcome.kind === "qualified" || outcome.kind === "unqualified") return `${outcome.kind} ${outcome.referralId}`;
    if (outcome.kind === "cancelled") return `cancelled ${outcome.left}`;
    const { rule, amount, currency, act } = outcome.commission;
    return `${rule}${act === "" ? "" : ` (${act})`} ${amount} ${currency}`;
  });
}

/** Noon of a day. */
export const at = (date: string): string => `${date}T12:00:00Z`;

export function receiptOf(books: Books, event: EngineEvent): Receipt {
  const receipt = books.receipts.find(({ eventId }) => eventId === event.id);
  if (receipt === undefined) throw new Error(`there is no receipt of ${event.id}`);
  return receipt;
}

/** What each clause of an event came to, as a reader sees it. */
export const reasons = (books: Books, event: EngineEvent): string[] =>
  receiptOf(books, event).clauses.map((one) => `${one.clause} ${one.outcome}: ${one.reason}`);

export const late = (books: Books, event: EngineEvent) => receiptOf(books, event).late;

export const clause = (books: Books, event: EngineEvent, name: Clause["clause"]): Clause | undefined =>
  receiptOf(books, event).clauses.find((one) => one.clause === name);

/** Rows without who qualified. */
export const earnings = (books: Books): string[] => rowsOf(books).filter((row) => !/^(un)?qualified /.test(row));

/** The commission that an event earned by a rule. */
export function commissionOn(
  books: Books,
  transactionId: string,
  rule: CommissionStanding["rule"],
): CommissionStanding {
  const commission = [...books.facts.commissions.values()].find(
    (one) => one.transactionId === transactionId && one.rule === rule,
  );
  if (commission === undefined) throw new Error(`${transactionId} earned nothing by ${rule}`);
  return commission;
}

export const clientsOf = (books: Books): number => books.facts.partners.get("partner")?.clients ?? 0;
export const customerOf = (books: Books, referralId = "ann") => books.facts.referrals.get(referralId);

export const AFFILIATE = termsOfTier("tier1");
/** An affiliate's terms with a better rate and a better bonus. */
export const BETTER = termsOfTier("tier1", { id: "better", recurringRatePpm: 150_000n, signupBonus: 7_000n });

/** A partner, active since 2020, whose customer "ann" converted under the first of these terms, where there are some. */
export function partnerWith(...terms: readonly Terms[]) {
  const sequence = recordedSequence();
  sequence.approve();
  if (terms[0] !== undefined) sequence.convert("ann", terms[0].id);
  const run = (isApproved?: Facts["isApproved"]): Books =>
    assessBatch(emptyBooks(isApproved), sequence.events, [AFFILIATE, BETTER, ...terms]);
  return { ...sequence, run };
}

/** Makes so many more clients of the partner. */
export function addClients(sequence: ReturnType<typeof recordedSequence>, count: number, termsId: string): void {
  for (let client = 1; client <= count; client += 1) {
    sequence.convert(`client ${client}`, termsId);
    sequence.pay(`client ${client}`, `first of ${client}`, at("2020-02-01"), { amount: 1n });
  }
}
