import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { type BatchRow, countByStatus, finishBatch, lockBatch, type StatusCount } from "./batch-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";

type BatchEventType =
  | "payout_batch.made"
  | "payout_batch.approved"
  | "payout_batch.refused"
  | "payout_batch.expired"
  | "payout_batch.cancelled"
  | "payout_batch.released"
  | "payout_batch.progressed"
  | "payout_batch.finished";

/** News of a batch. */
export const batchEvent = (type: BatchEventType, batch: BatchRow, counts?: readonly StatusCount[]): DomainEvent => ({
  type,
  objectType: "payout_batch",
  objectId: batch.id,
  data: {
    id: batch.id,
    currency: batch.currency,
    status: batch.status,
    amount: batch.amount,
    payouts: batch.payouts,
    ...(counts && { counts }),
  },
});

/** Joins the transaction in which a payout of a batch was settled: says how far the batch is, and once that it is done. */
export async function tellProgress(deps: PayoutDeps, tx: Tx, batchId: string | null): Promise<void> {
  if (batchId === null) return;
  // Locked: of two payouts that end at once, the second sees that the first has.
  const batch = await lockBatch(tx, batchId);
  if (batch?.status !== "released") return;
  const counts = (await countByStatus(tx, [batchId])).get(batchId) ?? [];
  await deps.outbox.publish(tx, [batchEvent("payout_batch.progressed", batch, counts)]);
  const finished = await finishBatch(tx, batchId);
  if (finished) await deps.outbox.publish(tx, [batchEvent("payout_batch.finished", finished, counts)]);
}
