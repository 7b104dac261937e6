import { isCurrency } from "../kernel/currency.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { Database, Tx } from "../platform/database/index.ts";
import type { Outbox } from "../platform/outbox/index.ts";
import { type CheckedEvent, planRecording, type RecordingOutcome, type RecordingPlan } from "./plan-recording.ts";
import { transactionErrors } from "./sales-errors.ts";
import type { RecordTransactionsResponse } from "./sales-schema.ts";
import {
  type Attribution,
  BATCH_SIZE_MAX,
  type KeptTransaction,
  type RecordedTransaction,
  type ReportedTransaction,
} from "./transaction.ts";
import { findRowsAround, insertTransactions, tieTransactions } from "./transaction-repository.ts";
import { refusalOf } from "./transaction-rules.ts";

export type RecordingDeps = {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly customers: {
    /** Locks customers until the transaction ends, in one order, and says who they are; who does not exist is left out. */
    lockCustomers(tx: Tx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** Makes customers that do not exist, and locks them. */
    createCustomers(tx: Tx, externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  };
  readonly referrals: {
    /** Whose each customer is; who belongs to nobody is left out. */
    findAttributions(tx: Tx, customerIds: readonly string[]): Promise<ReadonlyMap<string, Attribution>>;
    /** Who earns on transactions that were recorded for an earlier partner of their customer; the others are left out. */
    findReattributed(tx: Tx, transactionIds: readonly string[]): Promise<ReadonlyMap<string, Attribution>>;
  };
  readonly partners: {
    /** Takes the next `count` numbers of each partner's sequence, in partner order, and returns the first of each. */
    takeNumbers(tx: Tx, counts: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, bigint>>;
  };
};

/**
 * Records up to `BATCH_SIZE_MAX` events in one transaction, in the order given, with a result for each: what is refused leaves no trace,
 * the rest is recorded, and what listens to `transaction.recorded` (assessment, booking) has finished before this returns.
 */
export const recordTransactions =
  (deps: RecordingDeps) =>
  (ctx: Ctx, events: readonly ReportedTransaction[]): Promise<RecordTransactionsResponse> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(tx.ctx, "transactions:write");
      invariant(events.length <= BATCH_SIZE_MAX, "callers cut their batches");
      const outcomes = await record(deps, tx, events);
      return { results: events.map(({ externalId }, index) => ({ externalId, ...toResult(outcomes[index]) })) };
    });

/** The same inside a transaction of the caller's: with an outcome for each event, in the order given. */
export const recordInside =
  (deps: RecordingDeps) =>
  (tx: Tx, events: readonly ReportedTransaction[]): Promise<readonly RecordingOutcome[]> => {
    requireScope(tx.ctx, "transactions:write");
    invariant(events.length <= BATCH_SIZE_MAX, "callers cut their batches");
    return record(deps, tx, events);
  };

/** What `recordInside` would say of events. Writes nothing, and locks their customers. */
export const foreseeInside =
  (deps: RecordingDeps) =>
  async (tx: Tx, events: readonly ReportedTransaction[]): Promise<readonly RecordingOutcome[]> =>
    (await plan(deps, tx, events)).outcomes;

async function plan(deps: RecordingDeps, tx: Tx, events: readonly ReportedTransaction[]): Promise<RecordingPlan> {
  const checked = await identify(deps, tx, events);
  const known = checked.flatMap((one) => ("refusal" in one ? [] : [one.event]));
  const found = await findRowsAround(tx, {
    externalIds: known.map((event) => event.externalId),
    originalExternalIds: known.flatMap((event) => event.originalExternalId ?? []),
  });
  return planRecording(checked, { kept: await withEarners(deps, tx, found), newId });
}

async function record(
  deps: RecordingDeps,
  tx: Tx,
  events: readonly ReportedTransaction[],
): Promise<readonly RecordingOutcome[]> {
  const { outcomes, inserts, ties, settled } = await plan(deps, tx, events);
  const recorded = await number(deps, tx, settled);
  const placed = new Map(recorded.map((row) => [row.id, row]));
  await insertTransactions(
    tx,
    inserts.map((row) => placed.get(row.id) ?? withoutPlace(row)),
  );
  await tieTransactions(
    tx,
    ties.flatMap((row) => placed.get(row.id) ?? []),
  );
  await deps.outbox.publish(tx, recorded.map(transactionRecorded));
  return outcomes;
}

/**
 * Finds each event's customer and whose customer it is. The customers stay locked until the transaction ends: the events of one customer are
 * recorded one after the other, so that an original and its reversal that arrive at once see each other.
 */
async function identify(deps: RecordingDeps, tx: Tx, events: readonly ReportedTransaction[]): Promise<CheckedEvent[]> {
  const refusals = events.map((event) => refusalOf(event, isCurrency));
  const sound = events.filter((_, index) => refusals[index] === undefined);
  const wanted = new Set(sound.map((event) => event.customerExternalId));
  const customers = new Map(await deps.customers.lockCustomers(tx, [...wanted]));
  const missing = new Set(
    sound.flatMap(({ createCustomer, customerExternalId }) =>
      createCustomer && !customers.has(customerExternalId) ? [customerExternalId] : [],
    ),
  );
  if (missing.size > 0) {
    for (const [externalId, id] of await deps.customers.createCustomers(tx, [...missing]))
      customers.set(externalId, id);
  }
  const attributions = await deps.referrals.findAttributions(tx, [...customers.values()]);

  return events.map((event, index) => {
    const refusal = refusals[index];
    if (refusal !== undefined) return { event, refusal };
    const customerId = customers.get(event.customerExternalId);
    if (customerId === undefined) {
      return { event, refusal: transactionErrors.unknown_customer({ field: "customerExternalId" }) };
    }
    return { event, customerId, attribution: attributions.get(customerId) ?? null };
  });
}

/** Rows as their reversals see them: with whoever earns on them now. */
async function withEarners(
  deps: RecordingDeps,
  tx: Tx,
  rows: readonly KeptTransaction[],
): Promise<readonly KeptTransaction[]> {
  if (rows.length === 0) return rows;
  const earners = await deps.referrals.findReattributed(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, attribution: earners.get(row.id) ?? row.attribution }));
}

/** Gives rows that have their place the next numbers of their partners' sequences, in the order given. */
async function number(deps: RecordingDeps, tx: Tx, rows: readonly KeptTransaction[]): Promise<RecordedTransaction[]> {
  const counts = new Map<string, number>();
  for (const { attribution } of rows) {
    if (attribution) counts.set(attribution.partnerId, (counts.get(attribution.partnerId) ?? 0) + 1);
  }
  const next = new Map(counts.size > 0 ? await deps.partners.takeNumbers(tx, counts) : []);
  return rows.map(({ attribution, ...row }) => {
    if (attribution === null) return { ...row, referralId: null, partnerId: null, number: null };
    const taken = next.get(attribution.partnerId);
    invariant(taken !== undefined, "numbers were taken for every partner");
    next.set(attribution.partnerId, taken + 1n);
    return { ...row, ...attribution, number: taken };
  });
}

/** An outcome as the wire has it. */
export function toResult(outcome: RecordingOutcome | undefined) {
  invariant(outcome !== undefined, "the plan has an outcome for each event");
  if (outcome.status !== "rejected") return outcome;
  const { code, message, facts } = outcome.error;
  return { status: outcome.status, error: { code, title: message, facts } };
}

/** A reversal that waits. */
const withoutPlace = ({ attribution: _, ...row }: KeptTransaction): RecordedTransaction => ({
  ...row,
  referralId: null,
  partnerId: null,
  number: null,
});

const transactionRecorded = (transaction: RecordedTransaction) => ({
  type: "transaction.recorded",
  objectType: "transaction",
  objectId: transaction.id,
  data: transaction,
});
