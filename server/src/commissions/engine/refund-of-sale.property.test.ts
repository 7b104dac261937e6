import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessBatch, type Books, emptyBooks, recordedSequence, termsOfTier } from "../../../test/kit/engine.ts";
import { derivedId } from "../../kernel/id.ts";
import type { EngineEvent, HandGrant } from "./engine-event.ts";
import { proRata, rounded } from "./product.ts";
import { refundedSoFar } from "./refunded.ts";
import type { CommissionStanding } from "./standing.ts";

/** Rates of which small sales earn a few minor units, so that nearly every part is rounded. */
const TERMS = [
  termsOfTier("tier1", { id: "low", recurringRatePpm: 100_000n, transactionRatePpm: 20_000n }),
  termsOfTier("tier1", {
    id: "high",
    recurringRatePpm: 170_000n,
    transactionRatePpm: 33_000n,
    revenueSharePpm: 90_000n,
  }),
];
const SALES = ["payment", "card"] as const;

const step = fc.record({
  kind: fc.constantFrom("refund", "refund", "chargeback", "won", "adjust", "adjust", "grant", "reassess", "close"),
  sale: fc.constantFrom(...SALES),
  amount: fc.integer({ min: 1, max: 60 }),
  pick: fc.nat({ max: 1_000 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const steps = fc.array(step, { minLength: 3, maxLength: 30, size: "max" });

/** The word of acts from this step on; those before are of an older version. */
type Began = { readonly at: number };

/** What was decided, assessed and booked step by step, each on what is loaded for it alone, as online. */
function play(told: readonly Step[], began: Began): { readonly events: EngineEvent[]; readonly books: Books[] } {
  const sequence = recordedSequence();
  const books: Books[] = [emptyBooks()];
  const now = () => books.at(-1) ?? emptyBooks();
  const take = (event: EngineEvent) => books.push(assessBatch(loadedFor(now(), event), [event], TERMS));
  take(sequence.approve());
  take(sequence.convert("ann", "low"));
  take(sequence.pay("ann", "payment", "2024-01-10T12:00:00Z", { amount: 97n }));
  take(sequence.spend("ann", "card", "2024-01-10T12:00:00Z", { amount: 331n, revenue: 77n }));
  for (const [index, { kind, sale, amount, pick }] of told.entries()) {
    const at = new Date(Date.UTC(2024, 0, 11 + index, 12)).toISOString();
    const words = index >= began.at ? ({ rounds: "sale" } as const) : {};
    const decide = (data: object) => {
      const act = sequence.closeByHand([], at);
      const decided = { ...act, referralId: "ann", data: { ...words, ...data } } as EngineEvent;
      sequence.events[sequence.events.indexOf(act)] = decided;
      take(decided);
    };
    const rows = ofSale(now(), sale);
    const row = rows[pick % Math.max(rows.length, 1)];
    const by = pick % 3 === 0 ? -((amount % 4) + 1) : (amount % 5) + 1;
    if (kind === "refund") take(sequence.refund("ann", sale, `r${index}`, at, BigInt(amount)));
    else if (kind === "chargeback") take(sequence.chargeBack("ann", sale, `c${index}`, at, BigInt(amount)));
    else if (kind === "won") {
      const charged = sequence.events.filter((one) => one.kind === "chargeback");
      const named = charged[pick % Math.max(charged.length, 1)];
      if (named) take(sequence.winChargeback("ann", named.id, `w${index}`, at, BigInt(amount)));
    } else if (kind === "reassess")
      take(sequence.reassess(at, `act ${index + 100}`, TERMS[pick % TERMS.length]?.id, words));
    else if (kind === "grant") decide({ granted: grantOf(sale, amount, at) });
    else if (row && kind === "close" && pick % 4 === 0) decide({ cancelled: [row.id] });
    else if (row && kind === "adjust")
      decide({ adjusted: { commissionId: row.id, transactionId: sale, by: String(by), holdUntil: at } });
  }
  return { events: sequence.events, books };
}

const grantOf = (transactionId: (typeof SALES)[number], amount: number, at: string): HandGrant => ({
  transactionId,
  saleNumber: transactionId === "payment" ? "3" : "4",
  rule: transactionId === "payment" ? "recurring" : "transaction",
  amount: String((amount % 7) + 1),
  currency: "USD",
  occurredAt: at,
  holdUntil: at,
});

/** Of the sale that an event is about all is loaded, and nothing else; a re-assessment has everything of its partner. */
function loadedFor(books: Books, event: EngineEvent): Books {
  if (event.kind === "reassessment") return books;
  const { originals, commissions } = books.facts;
  const named = "originalId" in event ? event.originalId : null;
  const decided = event.kind === "dispute_resolved" ? (event.data.adjusted ?? event.data.granted) : undefined;
  const about = new Map(
    [...originals].filter(
      ([id, { reversals }]) =>
        id === named || id === decided?.transactionId || reversals.some((reversal) => reversal.id === named),
    ),
  );
  const kept = [...commissions].filter(([, { transactionId }]) => about.has(transactionId ?? ""));
  return { ...books, facts: { ...books.facts, originals: about, commissions: new Map(kept) } };
}

const ofSale = ({ facts }: Books, sale: string): CommissionStanding[] =>
  [...facts.commissions.values()]
    .filter(({ transactionId, rule }) => transactionId === sale && rule !== "signup")
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
const began = fc.record({ at: fc.oneof(fc.constant(0), fc.nat({ max: 30 })) });
const RUNS = { numRuns: 150 };

describe("a sale with several commissions, whatever is taken back of it, won, decided and corrected", () => {
  it("has the same rows and receipts by a replay as were booked by what is loaded for each event, whenever the word began", () => {
    fc.assert(
      fc.property(steps, began, (told, since) => {
        const { events, books } = play(told, since);
        const [booked, replayed] = [books.at(-1), assessBatch(emptyBooks(), events, TERMS)];
        expect(booked?.outcomes).toEqual(replayed.outcomes);
        expect(booked?.receipts.map(({ clauses }) => clauses)).toEqual(replayed.receipts.map(({ clauses }) => clauses));
        expect(booked?.facts.partners).toEqual(replayed.facts.partners);
        const ids = replayed.outcomes.flatMap((one) => ("commission" in one ? [one.commission.id] : []));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it("has what each of its commissions has left nowhere below zero on the way, not even within one event", () => {
    fc.assert(
      fc.property(steps, began, (told, since) => {
        const left = new Map<string, bigint>();
        for (const outcome of play(told, since).books.at(-1)?.outcomes ?? []) {
          if (!("commission" in outcome)) continue;
          const { id, reversesId, amount } = outcome.commission;
          left.set(reversesId ?? id, (left.get(reversesId ?? id) ?? 0n) + amount);
          expect(left.get(reversesId ?? id)).toBeGreaterThanOrEqual(0n);
        }
      }),
      RUNS,
    );
  });

  it("has by each rule its part taken back to the minor unit once anything is reversed, and every receipt adds up", () => {
    fc.assert(
      fc.property(steps, began, (told, since) => {
        const { events, books } = play(told, since);
        for (const [index, event] of events.entries()) {
          const after = books[index + 1] ?? emptyBooks();
          for (const clause of after.receipts.at(-1)?.clauses ?? []) {
            const {
              commission,
              refundedSoFar: refunded,
              eventAmount: of,
              alreadyReversed = 0n,
              onOtherRows = 0n,
            } = clause;
            if (clause.commissionId === undefined || commission === undefined || refunded === undefined || !of)
              continue;
            expect(-(rounded(proRata(commission, refunded, of)) - alreadyReversed - onOtherRows)).toBe(clause.amount);
          }
          const original = [...after.facts.originals.values()].find(({ reversals }) =>
            reversals.some(({ id }) => id === event.id),
          );
          if (original === undefined || !after.facts.partners.get("partner")?.roundsSales) continue;
          const standing = ofSale(after, original.id).filter(({ closedBy }) => closedBy === null);
          for (const rows of Map.groupBy(standing, ({ rule }) => rule).values()) {
            const earned = sumOf(rows.map(({ amount }) => amount));
            const part = rounded(proRata(earned, refundedSoFar(original), original.amount));
            expect(sumOf(rows.map(({ reversed }) => reversed))).toBe(part);
          }
        }
      }),
      RUNS,
    );
  });

  it("gives nothing back by a refund, and takes nothing by a won chargeback, as long as none of its commissions has ended", () => {
    fc.assert(
      fc.property(
        steps.map((all) => all.filter(({ kind }) => kind !== "close")),
        (told) => {
          const { events, books } = play(told, { at: 0 });
          const kinds = new Map(events.map(({ id, kind }) => [id, kind]));
          const wrong = (books.at(-1)?.outcomes ?? []).filter((outcome) => {
            const kind = "commission" in outcome ? kinds.get(outcome.commission.eventId) : undefined;
            const isTaken = kind === "refund" || kind === "chargeback";
            return (
              (isTaken && outcome.kind === "restored") || (kind === "chargeback_won" && outcome.kind === "reversed")
            );
          });
          expect(wrong).toEqual([]);
        },
      ),
      RUNS,
    );
  });
});

it("what is left of a sale is rounded without a commission that has ended: the next refund may give a unit back", () => {
  const { pay, approve, convert, adjustByHand, refund, closeByHand, events } = recordedSequence();
  approve();
  convert("ann", "low");
  pay("ann", "sale", "2024-01-10T12:00:00Z", { amount: 10n });
  const first = derivedId("tenant", "sale", "recurring", "partner", "");
  adjustByHand(first, 1n, "2024-01-11T12:00:00Z", { rounds: "sale" });
  refund("ann", "sale", "a third", "2024-01-12T12:00:00Z", 3n);
  closeByHand([first], "2024-01-13T12:00:00Z");
  refund("ann", "sale", "and a unit", "2024-01-14T12:00:00Z", 1n);
  const books = assessBatch(emptyBooks(), events, TERMS);
  const rows = books.outcomes.flatMap((one) =>
    "commission" in one ? [`${one.commission.rule} ${one.commission.amount}`] : [],
  );
  expect(rows.filter((row) => row.startsWith("recurring"))).toEqual([
    "recurring 1",
    "recurring 1",
    "recurring.reversal -1",
    "recurring.restoration 1",
  ]);
});
