import type { findTransferred } from "./attempt-repository.ts";
import { netAmount } from "./payout-rules.ts";
import type { MadeTransfer } from "./transfer-provider.ts";

/**
 * `missing_at_provider`: completed here, unknown there. `unknown_here`: made there for one of our payouts, and no attempt of ours ended in it:
 * money may have left twice. `amount_differs`, `reversed_there`, `reversed_in_part`, `returned_here`: both know it and disagree.
 */
export const DIFFERENCES = [
  "missing_at_provider",
  "unknown_here",
  "amount_differs",
  "reversed_there",
  "reversed_in_part",
  "returned_here",
] as const;

export type TransferDifference = {
  readonly difference: (typeof DIFFERENCES)[number];
  readonly payoutId: string;
  readonly transferId: string;
  /** What the books say, and what the provider says, in minor units; null where one side has nothing. */
  readonly amountHere: bigint | null;
  readonly amountThere: bigint | null;
  readonly currency: string;
};

type Here = Awaited<ReturnType<typeof findTransferred>>[number];

/** Every difference of the period, in the order of the books, then in the provider's. Both sides reach beyond the period. */
export function compareTransfers(input: {
  readonly here: readonly Here[];
  readonly theirs: readonly MadeTransfer[];
  readonly isWithin: (instant: Date | null) => boolean;
}): TransferDifference[] {
  const { here, theirs, isWithin } = input;
  const byId = new Map(theirs.map((made) => [made.transferId, made]));
  const ours = new Set(here.map((row) => row.provider_transfer_id));
  return [
    ...here
      .filter((row) => isWithin(row.first_sent_at))
      .flatMap((row) => {
        const made = byId.get(row.provider_transfer_id ?? "");
        const difference = differenceOf(row, made);
        return difference === undefined ? [] : [describe(difference, row, made)];
      }),
    ...theirs
      .filter((made) => isWithin(made.madeAt) && !ours.has(made.transferId) && !made.isReversed)
      .map((made) => describe("unknown_here", undefined, made)),
  ];
}

function differenceOf(row: Here, made: MadeTransfer | undefined): TransferDifference["difference"] | undefined {
  if (made === undefined) return "missing_at_provider";
  if (made.amount !== netAmount(row) || made.currency !== row.currency) return "amount_differs";
  if (row.status === "returned") return made.isReversed ? undefined : "returned_here";
  if (made.isReversed) return "reversed_there";
  return made.amountReversed > 0n ? "reversed_in_part" : undefined;
}

const describe = (
  difference: TransferDifference["difference"],
  row: Here | undefined,
  made: MadeTransfer | undefined,
): TransferDifference => ({
  difference,
  payoutId: row?.payout_id ?? made?.payoutId ?? "",
  transferId: row?.provider_transfer_id ?? made?.transferId ?? "",
  amountHere: row === undefined ? null : netAmount(row),
  amountThere: made === undefined ? null : made.amount - made.amountReversed,
  currency: row?.currency ?? made?.currency ?? "",
});
