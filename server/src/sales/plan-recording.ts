import type { CatalogueError } from "../kernel/errors.ts";
import { transactionErrors } from "./sales-errors.ts";
import type { Attribution, KeptTransaction, ReportedTransaction } from "./transaction.ts";
import { isReversal, isSameEvent, isSettled, mismatchOf } from "./transaction-rules.ts";

/** An event whose customer is known, or that is refused already. */
export type CheckedEvent =
  | { readonly event: ReportedTransaction; readonly customerId: string; readonly attribution: Attribution | null }
  | { readonly event: ReportedTransaction; readonly refusal: CatalogueError };

/** What became of one event. `duplicate`: it was recorded before, with the same content. `waiting`: a reversal before its original. */
export type RecordingOutcome =
  | { readonly status: "recorded" | "duplicate" | "waiting"; readonly id: string }
  | { readonly status: "rejected"; readonly error: CatalogueError };

export type RecordingPlan = {
  /** One for each event, in the order given. */
  readonly outcomes: readonly RecordingOutcome[];
  /** Rows that are to be there. */
  readonly inserts: readonly KeptTransaction[];
  /** Rows that waited and are tied to their original now. */
  readonly ties: readonly KeptTransaction[];
  /** Everything that got its place, in the order in which it takes numbers and is assessed. */
  readonly settled: readonly KeptTransaction[];
};

export type RecordingFacts = {
  /**
   * Kept rows, in the order in which they arrived: those that carry an external id of the batch, those that an event of the batch names
   * as its original, those that wait for an event of the batch, and those that wait for these.
   */
  readonly kept: readonly KeptTransaction[];
  readonly newId: () => string;
};

/**
 * Decides what a batch of events becomes, exactly as if they were recorded one by one. A reversal that waited takes its place right
 * after its original, before the next event of the batch.
 */
export function planRecording(events: readonly CheckedEvent[], facts: RecordingFacts): RecordingPlan {
  const known = new Map(facts.kept.map((row) => [row.externalId, row]));
  const waiting = Map.groupBy(
    facts.kept.filter((row) => !isSettled(row)),
    (row) => row.originalExternalId ?? "",
  );
  const inserted = new Map<string, KeptTransaction>();
  const ties: KeptTransaction[] = [];
  const settled: KeptTransaction[] = [];

  /** Takes note of a row that has its place, and of what waited for it. */
  const settle = (row: KeptTransaction): void => {
    known.set(row.externalId, row);
    settled.push(row);
    for (const waiter of waiting.get(row.externalId) ?? []) {
      // What does not fit its original was answered, and a recorded event is never dropped: it is shown as refused from now on.
      if (mismatchOf(waiter, row)) continue;
      const tied = { ...waiter, originalId: row.id, attribution: row.attribution };
      if (inserted.has(tied.externalId)) inserted.set(tied.externalId, tied);
      else ties.push(tied);
      settle(tied);
    }
    waiting.delete(row.externalId);
  };

  const decide = (checked: CheckedEvent): RecordingOutcome => {
    if ("refusal" in checked) return { status: "rejected", error: checked.refusal };
    const { event, customerId } = checked;
    const same = known.get(event.externalId);
    if (same !== undefined) {
      if (isSameEvent(same, event, customerId)) return { status: "duplicate", id: same.id };
      return { status: "rejected", error: transactionErrors.conflict({ field: "externalId" }) };
    }

    const original = event.originalExternalId === null ? undefined : known.get(event.originalExternalId);
    const { customerExternalId: _, createCustomer: __, ...content } = event;
    const mismatch = original && mismatchOf({ ...content, customerId }, original);
    if (mismatch) return { status: "rejected", error: mismatch };

    const { product = null, planCode = null, country = null } = event;
    const sold = { product, planCode, country };
    const row: KeptTransaction = {
      ...content,
      ...sold,
      id: facts.newId(),
      customerId,
      originalId: null,
      attribution: null,
    };
    const place = placeOf(row, checked.attribution, original);
    inserted.set(row.externalId, place);
    if (isSettled(place)) {
      settle(place);
    } else {
      known.set(place.externalId, place);
      const originalExternalId = place.originalExternalId ?? "";
      waiting.set(originalExternalId, [...(waiting.get(originalExternalId) ?? []), place]);
    }
    return { status: "recorded", id: row.id };
  };

  const outcomes = events.map(decide);
  const stillWaits = new Set([...inserted.values()].filter((row) => !isSettled(row)).map((row) => row.id));
  return {
    outcomes: outcomes.map((outcome) =>
      outcome.status === "recorded" && stillWaits.has(outcome.id) ? { ...outcome, status: "waiting" } : outcome,
    ),
    inserts: [...inserted.values()],
    ties,
    settled,
  };
}

/** A reversal falls on whoever earned on its original; anything else belongs to the partner of its customer. */
function placeOf(
  row: KeptTransaction,
  attribution: Attribution | null,
  original: KeptTransaction | undefined,
): KeptTransaction {
  if (!isReversal(row.kind)) return { ...row, attribution };
  if (original === undefined || !isSettled(original)) return row;
  return { ...row, originalId: original.id, attribution: original.attribution };
}
