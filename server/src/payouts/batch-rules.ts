/**
 * Where a batch can go. `waiting` is for a second person; `refused` and `expired` give its money back to the partners, `cancelled` lets its
 * payouts wait again.
 */
export const BATCH_TRANSITIONS = {
  waiting: ["ready", "refused", "expired", "cancelled"],
  ready: ["ready", "released", "refused", "cancelled"],
  released: [],
  refused: [],
  expired: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type BatchStatus = keyof typeof BATCH_TRANSITIONS;

/** States from which `to` may be reached: for the `where` of the one statement that moves a batch. */
export const batchStatesBefore = (to: BatchStatus): BatchStatus[] =>
  (Object.keys(BATCH_TRANSITIONS) as BatchStatus[]).filter((from) =>
    (BATCH_TRANSITIONS[from] as readonly string[]).includes(to),
  );

/**
 * Whether a second person is needed: what has left in this currency in the last day without one, and this, are more than the limit. So nobody
 * gets past it by paying in parts.
 */
export const needsApproval = (of: {
  readonly limit: bigint | null | undefined;
  readonly leftUnapproved: bigint;
  readonly amount: bigint;
}): boolean => of.limit !== null && of.limit !== undefined && of.leftUnapproved + of.amount > of.limit;

/** How long what left without approval counts. */
export const UNAPPROVED_WINDOW_MS = 24 * 3_600_000;

export type ApprovalRefusal = "person_required" | "same_person";

/** Whether somebody may approve or refuse a batch: a person, and not the one who made it, by themselves or by a key of theirs. */
export function refuseApprover(of: {
  readonly madeBy: string | null;
  readonly userId: string | null;
}): ApprovalRefusal | undefined {
  if (of.userId === null) return "person_required";
  return of.userId === of.madeBy ? "same_person" : undefined;
}

/**
 * Whether two people have had their hands on a batch once this one releases it. Of one that somebody made, maker and approver are two already;
 * where nobody did, whoever approved it is the first, and the second is another person.
 */
export const isSecondToRelease = (of: {
  readonly madeBy: string | null;
  readonly approvedBy: string | null;
  readonly releasedBy: string | null;
}): boolean =>
  of.madeBy !== null || of.approvedBy === null || (of.releasedBy !== null && of.releasedBy !== of.approvedBy);
