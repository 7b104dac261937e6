import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvariantViolation } from "../kernel/invariant.ts";
import { balanceKey } from "../ledger/index.ts";
import { type BookedFacts, bookOutcomes, type Place } from "./book-outcomes.ts";
import type { CommissionDraft, Outcome } from "./engine/outcome.ts";

const NOW = new Date("2026-02-01T00:00:00Z");
const AT = new Date("2026-01-01T00:00:00Z");
const PAIR = { partnerId: "partner", currency: "USD" };

const draft = (fields: Partial<CommissionDraft>): CommissionDraft => ({
  id: "row",
  referralId: "ann",
  transactionId: "p",
  eventId: "e",
  rule: "recurring",
  act: "",
  type: "recurring",
  amount: 100n,
  ratePpm: 100_000n,
  saleNumber: null,
  reversesId: null,
  occurredAt: AT,
  holdUntil: NOW,
  ...PAIR,
  ...fields,
});
const earned = (id: string, amount: bigint): Outcome => ({ kind: "earned", commission: draft({ id, amount }) });
const reversed = (id: string, amount: bigint, reversesId = "root"): Outcome => ({
  kind: "reversed",
  commission: draft({ id, amount: -amount, reversesId }),
});
const restored = (id: string, amount: bigint, reversesId = "root"): Outcome => ({
  kind: "restored",
  commission: draft({ id, amount, reversesId }),
});
const cancelled = (left: bigint, commissionId = "root"): Outcome => ({
  kind: "cancelled",
  commissionId,
  left,
  at: AT,
  by: "rejection",
  ...PAIR,
});

const facts = (place?: Partial<Place>, balance: { available?: bigint; debt?: bigint } = {}): BookedFacts => ({
  places: new Map(
    place === undefined ? [] : [["root", { status: "pending", approvedAt: null, dispute: null, ...place }]],
  ),
  balances: new Map([
    [balanceKey(PAIR), { available: balance.available ?? 0n, clawback_receivable: balance.debt ?? 0n }],
  ]),
  now: NOW,
});
/** Entries as a reader sees them. */
const entriesOf = (outcomes: Outcome[], on: BookedFacts) =>
  bookOutcomes(outcomes, on).entries.flatMap(({ kind, sourceId, postings }) =>
    postings.map(({ debit, credit, amount }) => `${kind} ${sourceId}: ${debit} → ${credit} ${amount}`),
  );

describe("an outcome in the books", () => {
  it("that was earned is pending", () => {
    const { rows } = bookOutcomes([earned("a", 100n)], facts());
    expect(rows).toMatchObject([
      {
        id: "a",
        status: "pending",
        approved_at: null,
        calculated_at: NOW,
        paid_at: null,
        amount: 100n,
        hold_until: NOW,
      },
    ]);
    expect(entriesOf([earned("a", 100n)], facts())).toEqual([
      "commission.assessed a: commission_expense → pending 100",
    ]);
  });

  it("takes from pending while its commission is pending, also one of the same batch", () => {
    expect(entriesOf([reversed("r", 40n)], facts({}))).toEqual([
      "commission.reversed r: pending → commission_expense 40",
    ]);
    expect(entriesOf([earned("a", 100n), reversed("r", 40n, "a")], facts())[1]).toBe(
      "commission.reversed r: pending → commission_expense 40",
    );
  });

  it.each(["approved", "paid"] as const)(
    "takes from available, then makes debt, once its commission is %s",
    (status) => {
      const on = facts({ status, approvedAt: AT }, { available: 30n });
      expect(entriesOf([reversed("r", 40n)], on)).toEqual([
        "commission.reversed r: available → commission_expense 30",
        "commission.reversed r: clawback_receivable → commission_expense 10",
      ]);
      expect(bookOutcomes([reversed("r", 40n)], on).rows).toMatchObject([
        { status: "approved", approved_at: AT, amount: -40n },
      ]);
    },
  );

  it("spends what is available once in a batch, and repays in it the debt that it made", () => {
    const on = facts({ status: "approved", approvedAt: AT }, { available: 30n });
    expect(entriesOf([reversed("r", 20n), reversed("s", 20n), restored("t", 15n)], on)).toEqual([
      "commission.reversed r: available → commission_expense 20",
      "commission.reversed s: available → commission_expense 10",
      "commission.reversed s: clawback_receivable → commission_expense 10",
      "commission.restored t: commission_expense → clawback_receivable 10",
      "commission.restored t: commission_expense → available 5",
    ]);
  });

  it("that restores a pending commission is pending, and repays no debt before it is approved", () => {
    expect(entriesOf([restored("t", 15n)], facts({}, { debt: 100n }))).toEqual([
      "commission.restored t: commission_expense → pending 15",
    ]);
  });

  it("takes from a dispute what that holds, and the rest from available and debt, where the commission had been approved", () => {
    const on = facts(
      { status: "disputed", approvedAt: AT, dispute: { id: "d", statusBefore: "approved", held: 30n } },
      { available: 5n },
    );
    expect(entriesOf([reversed("r", 40n)], on)).toEqual([
      "commission.reversed r: disputed → commission_expense 30",
      "commission.reversed r: available → commission_expense 5",
      "commission.reversed r: clawback_receivable → commission_expense 5",
    ]);
    expect(bookOutcomes([reversed("r", 40n), reversed("s", 1n)], on)).toMatchObject({
      heldChanges: [{ disputeId: "d", by: -30n }],
      rows: [{ status: "disputed" }, { status: "disputed" }],
    });
    expect(entriesOf([restored("t", 7n)], on)).toEqual(["commission.restored t: commission_expense → available 7"]);
    expect(bookOutcomes([restored("t", 7n)], on).heldChanges).toEqual([]);
  });

  it("takes from and gives back to the dispute of a commission that was in hold", () => {
    const on = facts({ status: "disputed", dispute: { id: "d", statusBefore: "pending", held: 100n } }, { debt: 50n });
    expect(entriesOf([reversed("r", 40n), restored("t", 15n)], on)).toEqual([
      "commission.reversed r: disputed → commission_expense 40",
      "commission.restored t: commission_expense → pending 15",
      "commission.disputed t: pending → disputed 15",
    ]);
    expect(bookOutcomes([reversed("r", 40n), restored("t", 15n)], on).heldChanges).toEqual([
      { disputeId: "d", by: -40n },
      { disputeId: "d", by: 15n },
    ]);
  });

  it("that cancels takes what is left of the family from pending, or from the dispute, which it closes", () => {
    expect(bookOutcomes([cancelled(60n)], facts({}))).toMatchObject({
      cancelled: ["root"],
      closedDisputes: [],
      rows: [],
    });
    expect(entriesOf([cancelled(60n)], facts({}))).toEqual([
      "commission.reversed root: pending → commission_expense 60",
    ]);
    const disputed = facts({ status: "disputed", dispute: { id: "d", statusBefore: "pending", held: 60n } });
    expect(bookOutcomes([cancelled(60n)], disputed)).toMatchObject({ cancelled: ["root"], closedDisputes: ["d"] });
    expect(entriesOf([cancelled(60n)], disputed)).toEqual([
      "commission.reversed root: disputed → commission_expense 60",
    ]);
    expect(entriesOf([cancelled(0n)], facts({}))).toEqual([]);
  });

  it("that says who qualified is nothing to book", () => {
    const { rows, entries } = bookOutcomes(
      [
        { kind: "qualified", referralId: "ann", at: AT },
        { kind: "unqualified", referralId: "ann", at: AT },
      ],
      facts(),
    );
    expect([rows, entries]).toEqual([[], []]);
  });

  it.each<[string, Outcome[], BookedFacts]>([
    ["a reversal of a commission that is not there", [reversed("r", 1n)], facts()],
    ["anything after a cancellation", [cancelled(1n), reversed("r", 1n)], facts({})],
    ["cancelling what was approved", [cancelled(1n)], facts({ status: "approved", approvedAt: AT })],
    [
      "cancelling under a dispute that holds another amount",
      [cancelled(1n)],
      facts({ status: "disputed", dispute: { id: "d", statusBefore: "pending", held: 2n } }),
    ],
    [
      "reversing more than the dispute of a pending commission holds",
      [reversed("r", 3n)],
      facts({ status: "disputed", dispute: { id: "d", statusBefore: "pending", held: 2n } }),
    ],
  ])("is refused as our own mistake: %s", (_, outcomes, on) => {
    expect(() => bookOutcomes(outcomes, on)).toThrow(InvariantViolation);
  });
});

describe("balances in a batch", () => {
  it("are never both available and debt, and never below zero", () => {
    const amounts = fc.array(fc.tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 100n })), { maxLength: 30, size: "max" });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: 200n }), (steps, start) => {
        const outcomes = steps.map(([isBack, amount], index) => (isBack ? restored : reversed)(`${index}`, amount));
        let [available, debt] = [start, 0n];
        const seen: boolean[] = [];
        for (const { postings } of bookOutcomes(
          outcomes,
          facts({ status: "approved", approvedAt: AT }, { available: start }),
        ).entries) {
          for (const { debit, credit, amount } of postings) {
            available += (credit === "available" ? amount : 0n) - (debit === "available" ? amount : 0n);
            debt += (debit === "clawback_receivable" ? amount : 0n) - (credit === "clawback_receivable" ? amount : 0n);
          }
          seen.push(available >= 0n && debt >= 0n && (available === 0n || debt === 0n));
        }
        expect(seen.every(Boolean)).toBe(true);
        const net = steps.reduce((sum, [isBack, amount]) => sum + (isBack ? amount : -amount), start);
        expect(available - debt).toBe(net);
      }),
    );
  });
});
