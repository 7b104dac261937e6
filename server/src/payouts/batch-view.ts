import { invariant } from "../kernel/invariant.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { type BatchRow, countByStatus, type StatusCount } from "./batch-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";

export type BatchView = {
  readonly id: string;
  readonly currency: string;
  readonly status: string;
  readonly amount: bigint;
  readonly payouts: number;
  readonly approvalAbove: bigint | null;
  readonly madeBy: string | null;
  readonly madeByName: string | null;
  readonly madeAt: Date;
  readonly expiresAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly decisionReason: string | null;
  readonly releasedBy: string | null;
  readonly releasedByName: string | null;
  readonly releasedAt: Date | null;
  readonly closedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How many of its payouts stand where. */
  readonly counts: StatusCount[];
};

type Names = Awaited<ReturnType<PayoutDeps["people"]["contactsOf"]>>;

/** What the API shows of batches: who had their hands on them, and what has become of their payouts. */
export async function batchViews(
  { people }: Pick<PayoutDeps, "people">,
  tx: ReadTx,
  rows: readonly BatchRow[],
): Promise<BatchView[]> {
  const counts = await countByStatus(
    tx,
    rows.map(({ id }) => id),
  );
  const hands = rows.flatMap(({ made_by, approved_by, released_by }) => [made_by, approved_by, released_by]);
  const names = await people.contactsOf(tx, [...new Set(hands.filter((id) => id !== null))]);
  return rows.map((row) => viewWith(row, names, counts.get(row.id) ?? []));
}

/** The same of one. */
export async function batchView(deps: Pick<PayoutDeps, "people">, tx: ReadTx, row: BatchRow): Promise<BatchView> {
  const [view] = await batchViews(deps, tx, [row]);
  invariant(view !== undefined, "every row has a view");
  return view;
}

function viewWith(row: BatchRow, names: Names, counts: readonly StatusCount[]): BatchView {
  const nameOf = (userId: string | null): string | null => {
    const person = names.get(userId ?? "");
    return person?.name ?? person?.email ?? null;
  };
  return {
    id: row.id,
    currency: row.currency,
    status: row.status,
    amount: row.amount,
    payouts: row.payouts,
    approvalAbove: row.approval_above,
    madeBy: row.made_by,
    madeByName: nameOf(row.made_by),
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    approvedBy: row.approved_by,
    approvedByName: nameOf(row.approved_by),
    approvedAt: row.approved_at,
    decisionReason: row.decision_reason,
    releasedBy: row.released_by,
    releasedByName: nameOf(row.released_by),
    releasedAt: row.released_at,
    closedAt: row.closed_at,
    finishedAt: row.finished_at,
    counts: [...counts],
  };
}
