import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CheckedEvent, planRecording, type RecordingOutcome } from "./plan-recording.ts";
import { transactionErrors } from "./sales-errors.ts";
import { type KeptTransaction, type ReportedTransaction, TRANSACTION_KINDS } from "./transaction.ts";
import { isReversal, isSettled, mismatchOf } from "./transaction-rules.ts";

const PARTNER = { referralId: "referral", partnerId: "partner" };

function event(
  fields: Partial<ReportedTransaction> & { externalId: string },
): CheckedEvent & { event: ReportedTransaction } {
  const reported: ReportedTransaction = {
    customerExternalId: "customer",
    kind: "payment",
    amount: 1_000n,
    currency: "USD",
    occurredAt: new Date("2026-03-01T12:00:00Z"),
    originalExternalId: null,
    tax: 0n,
    revenue: 0n,
    createCustomer: false,
    ...fields,
  };
  return {
    event: reported,
    customerId: `id of ${reported.customerExternalId}`,
    attribution: reported.customerExternalId === "customer" ? PARTNER : null,
  };
}

const refund = (externalId: string, originalExternalId: string, fields: Partial<ReportedTransaction> = {}) =>
  event({ externalId, kind: "refund", originalExternalId, ...fields });

/** What the database would hold and hand over, in memory. */
function memoryBooks() {
  const rows: KeptTransaction[] = [];
  const settled: string[] = [];
  const around = (names: readonly string[]) => {
    const waitingFor = (waited: readonly string[]) =>
      rows.filter((row) => !isSettled(row) && waited.includes(row.originalExternalId ?? ""));
    const first = waitingFor(names);
    return [...first, ...waitingFor(first.map((row) => row.externalId))];
  };
  return {
    rows,
    settled,
    record(events: readonly CheckedEvent[]): readonly RecordingOutcome[] {
      const names = events.map(({ event }) => event.externalId);
      const named = new Set([...names, ...events.map(({ event }) => event.originalExternalId)]);
      const facts = new Set([...rows.filter((row) => named.has(row.externalId)), ...around(names)]);
      const plan = planRecording(events, {
        kept: rows.filter((row) => facts.has(row)),
        newId: (() => {
          let made = rows.length;
          return () => `${made++}`;
        })(),
      });
      for (const tied of plan.ties) rows[rows.findIndex((row) => row.id === tied.id)] = tied;
      rows.push(...plan.inserts);
      settled.push(...plan.settled.map((row) => row.externalId));
      return plan.outcomes;
    },
  };
}

const statuses = (outcomes: readonly RecordingOutcome[]) =>
  outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.error.code : outcome.status));

describe("recording a batch", () => {
  it("places events in the order given", () => {
    const books = memoryBooks();
    expect(statuses(books.record([event({ externalId: "b" }), event({ externalId: "a" })]))).toEqual([
      "recorded",
      "recorded",
    ]);
    expect(books.settled).toEqual(["b", "a"]);
  });

  it("takes the same event twice as one, inside a batch and across batches", () => {
    const books = memoryBooks();
    const first = books.record([event({ externalId: "p" }), event({ externalId: "p" })]);
    expect(statuses(first)).toEqual(["recorded", "duplicate"]);
    expect(first[1]).toMatchObject({ id: books.rows[0]?.id });
    expect(statuses(books.record([event({ externalId: "p" })]))).toEqual(["duplicate"]);
    expect(books.rows).toHaveLength(1);
  });

  it.each([
    { kind: "card" as const },
    { customerExternalId: "other" },
    { amount: 1_001n },
    { currency: "EUR" },
    { occurredAt: new Date("2026-03-01T12:00:00.001Z") },
    { tax: 1n },
    { revenue: 1n },
  ])("refuses an external id that was used with other content: %o", (other) => {
    const books = memoryBooks();
    expect(statuses(books.record([event({ externalId: "p" }), event({ externalId: "p", ...other })]))).toEqual([
      "recorded",
      "transaction.conflict",
    ]);
  });

  it("refuses a reversal that names another original under the same external id", () => {
    const books = memoryBooks();
    books.record([event({ externalId: "p" }), event({ externalId: "q" }), refund("r", "p")]);
    expect(statuses(books.record([refund("r", "q")]))).toEqual(["transaction.conflict"]);
  });

  it("keeps a refused event out and takes the rest", () => {
    const books = memoryBooks();
    const refused = { event: event({ externalId: "x" }).event, refusal: transactionErrors.currency_unknown() };
    expect(statuses(books.record([event({ externalId: "p" }), refused]))).toEqual([
      "recorded",
      "transaction.currency_unknown",
    ]);
    expect(books.rows.map((row) => row.externalId)).toEqual(["p"]);
  });

  it("lets a reversal fall on the partner of its original, whoever the customer belongs to by now", () => {
    const books = memoryBooks();
    books.record([event({ externalId: "p" })]);
    const later = { ...refund("r", "p"), attribution: { referralId: "another", partnerId: "another" } };
    books.record([later]);
    expect(books.rows[1]).toMatchObject({ attribution: PARTNER, originalId: books.rows[0]?.id });
  });

  it("lets a reversal of what nobody earned on fall on nobody, though the customer was converted since", () => {
    const books = memoryBooks();
    books.record([{ ...event({ externalId: "p" }), attribution: null }]);
    books.record([refund("r", "p")]);
    expect(books.rows[1]).toMatchObject({ attribution: null, originalId: books.rows[0]?.id });
  });

  it("takes refunds above the original: how much they take back is the engine's to say", () => {
    const books = memoryBooks();
    const outcomes = books.record([
      event({ externalId: "p" }),
      refund("r1", "p", { amount: 5_000n }),
      refund("r2", "p", { amount: 5_000n }),
    ]);
    expect(statuses(outcomes)).toEqual(["recorded", "recorded", "recorded"]);
  });

  it("refuses a reversal of what its kind cannot reverse", () => {
    const books = memoryBooks();
    books.record([
      event({ externalId: "p" }),
      refund("r", "p"),
      event({ externalId: "c", kind: "chargeback", originalExternalId: "p" }),
    ]);
    const won = (originalExternalId: string) => event({ externalId: "w", kind: "chargeback_won", originalExternalId });
    expect(statuses(books.record([refund("x", "r")]))).toEqual(["transaction.original_not_reversible"]);
    expect(statuses(books.record([refund("x", "c")]))).toEqual(["transaction.original_not_reversible"]);
    expect(statuses(books.record([won("p")]))).toEqual(["transaction.original_not_reversible"]);
    expect(statuses(books.record([won("r")]))).toEqual(["transaction.original_not_reversible"]);
    expect(statuses(books.record([won("c")]))).toEqual(["recorded"]);
  });

  it("refuses a reversal in another currency, or of another customer", () => {
    const books = memoryBooks();
    books.record([event({ externalId: "p" })]);
    expect(statuses(books.record([refund("r", "p", { currency: "EUR" })]))).toEqual(["transaction.currency_mismatch"]);
    expect(statuses(books.record([refund("r", "p", { customerExternalId: "other" })]))).toEqual([
      "transaction.customer_mismatch",
    ]);
  });
});

describe("a reversal before its original", () => {
  it("waits, and takes its place right after its original arrives", () => {
    const books = memoryBooks();
    expect(statuses(books.record([refund("r", "p")]))).toEqual(["waiting"]);
    expect(books.settled).toEqual([]);
    books.record([event({ externalId: "p" }), event({ externalId: "q" })]);
    expect(books.settled).toEqual(["p", "r", "q"]);
    expect(books.rows[0]).toMatchObject({ attribution: PARTNER, originalId: books.rows[1]?.id });
  });

  it("in the same batch is recorded after it, and answered as recorded", () => {
    const books = memoryBooks();
    expect(statuses(books.record([refund("r", "p"), event({ externalId: "p" })]))).toEqual(["recorded", "recorded"]);
    expect(books.settled).toEqual(["p", "r"]);
  });

  it("waits behind a reversal that waits itself, and both are placed in order", () => {
    const books = memoryBooks();
    const won = event({ externalId: "w", kind: "chargeback_won", originalExternalId: "c" });
    const chargeback = event({ externalId: "c", kind: "chargeback", originalExternalId: "p" });
    expect(statuses(books.record([won]))).toEqual(["waiting"]);
    expect(statuses(books.record([chargeback]))).toEqual(["waiting"]);
    expect(statuses(books.record([event({ externalId: "p" })]))).toEqual(["recorded"]);
    expect(books.settled).toEqual(["p", "c", "w"]);
  });

  it("that does not fit the original when it comes waits for good, and the original is taken", () => {
    const books = memoryBooks();
    books.record([refund("r", "p", { currency: "EUR" }), refund("s", "p")]);
    expect(statuses(books.record([event({ externalId: "p" })]))).toEqual(["recorded"]);
    expect(books.settled).toEqual(["p", "s"]);
    expect(statuses(books.record([refund("r", "p", { currency: "EUR" })]))).toEqual(["duplicate"]);
  });
});

describe("any batch", () => {
  const names = fc.constantFrom("a", "b", "c", "d", "e");
  const events = fc.array(
    fc
      .record({
        externalId: names,
        kind: fc.constantFrom(...TRANSACTION_KINDS),
        originalExternalId: names,
        customerExternalId: fc.constantFrom("customer", "customer", "customer", "other"),
        currency: fc.constantFrom("USD", "USD", "USD", "EUR"),
        amount: fc.constantFrom(1n, 2n),
      })
      .filter(({ kind, externalId, originalExternalId }) => !isReversal(kind) || externalId !== originalExternalId)
      .map(({ originalExternalId, ...fields }) =>
        event({ ...fields, originalExternalId: isReversal(fields.kind) ? originalExternalId : null }),
      ),
    { maxLength: 14 },
  );

  it("ends as if its events had been recorded one by one", () => {
    fc.assert(
      fc.property(events, fc.nat(14), (sequence, cut) => {
        const whole = memoryBooks();
        const parts = [whole.record(sequence.slice(0, cut)), whole.record(sequence.slice(cut))].flat();
        const single = memoryBooks();
        const each = sequence.flatMap((one) => single.record([one]));

        expect(whole.settled).toEqual(single.settled);
        expect(whole.rows).toEqual(single.rows);
        const softened = (outcomes: readonly RecordingOutcome[]) =>
          statuses(outcomes).map((status) => (status === "waiting" ? "recorded" : status));
        expect(softened(parts)).toEqual(softened(each));
      }),
    );
  });

  it("leaves nothing waiting for an original that is there and fits it", () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const books = memoryBooks();
        books.record(sequence);
        for (const row of books.rows.filter((candidate) => !isSettled(candidate))) {
          const original = books.rows.find((candidate) => candidate.externalId === row.originalExternalId);
          const fits = original !== undefined && isSettled(original) && mismatchOf(row, original) === undefined;
          expect(fits).toBe(false);
        }
        expect(books.settled.toSorted()).toEqual(
          books.rows
            .filter(isSettled)
            .map((row) => row.externalId)
            .toSorted(),
        );
      }),
    );
  });
});
