import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import type { RecordedTransaction } from "../sales/index.ts";
import { assessBatch } from "./assess-batch.ts";
import type { AssessmentDeps } from "./assessment-deps.ts";
import type { TransactionEvent } from "./engine/engine-event.ts";

/**
 * Listens to `transaction.recorded`, inside the transaction that records: when its caller is answered, a sale has been assessed and booked.
 * The transaction is `RecordedTransaction` by the contract of the event.
 */
export const assessTransactions =
  (deps: AssessmentDeps) =>
  async (tx: Tx, events: readonly DomainEvent[]): Promise<void> => {
    const assessable = events.flatMap(({ data }) => transactionEventOf(data as RecordedTransaction) ?? []);
    if (assessable.length > 0) await assessBatch(deps, tx, assessable);
  };

/** What the engine sees of a transaction; undefined where its customer is nobody's. */
export function transactionEventOf(transaction: RecordedTransaction): TransactionEvent | undefined {
  const { partnerId, referralId, number } = transaction;
  if (partnerId === null || referralId === null || number === null) return undefined;
  const { id, externalId, kind, occurredAt, originalId, product, planCode, country } = transaction;
  const { amount, currency, tax, revenue } = transaction;
  const money = { amount, currency, tax, revenue };
  return {
    id,
    externalId,
    kind,
    ...money,
    occurredAt,
    product,
    planCode,
    country,
    originalId,
    partnerId,
    referralId,
    number,
  };
}
