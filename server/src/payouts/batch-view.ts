import type { ReadTx } from "../platform/database/index.ts";
import { type BatchRow, countByStatus, type StatusCount } from "./batch-repository.ts";

export type BatchView = {
  readonly id: string;
  readonly currency: string;
  readonly status: string;
  readonly amount: bigint;
  readonly payouts: number;
  readonly approvalAbove: bigint | null;
  readonly madeBy: string | null;
  readonly madeAt: Date;
  readonly expiresAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly decisionReason: string | null;
  readonly releasedAt: Date | null;
  readonly closedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How many of its payouts stand where. */
  readonly counts: StatusCount[];
};

const viewWith = (row: BatchRow, counts: readonly StatusCount[]): BatchView => ({
  id: row.id,
  currency: row.currency,
  status: row.status,
  amount: row.amount,
  payouts: row.payouts,
  approvalAbove: row.approval_above,
  madeBy: row.made_by,
  madeAt: row.made_at,
  expiresAt: row.expires_at,
  approvedBy: row.approved_by,
  approvedAt: row.approved_at,
  decisionReason: row.decision_reason,
  releasedAt: row.released_at,
  closedAt: row.closed_at,
  finishedAt: row.finished_at,
  counts: [...counts],
});

/** What the API shows of batches, with what has become of their payouts. */
export async function batchViews(tx: ReadTx, rows: readonly BatchRow[]): Promise<BatchView[]> {
  const counts = await countByStatus(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => viewWith(row, counts.get(row.id) ?? []));
}

/** The same of one. */
export const batchView = async (tx: ReadTx, row: BatchRow): Promise<BatchView> =>
  viewWith(row, (await countByStatus(tx, [row.id])).get(row.id) ?? []);
