import type { findTransferred } from "./attempt-repository.ts";
import { netAmount } from "./payout-rules.ts";
import type { MadeTransfer } from "./transfer-provider.ts";

/**
 * `missing_at_provider`: completed here, unknown there. `unknown_here`: made there for one of our payouts, and no attempt of ours ended in it:
 * money may have left twice. `status_differs`: made there by an attempt of which it is not known here yet. `amount_differs`, `reversed_there`,
 * `reversed_in_part`, `returned_here`: both know it and disagree.
 */
export const DIFFERENCES = [
  "missing_at_provider",
  "unknown_here",
  "status_differs",
  "amount_differs",
  "reversed_there",
  "reversed_in_part",
  "returned_here",
] as const;

/** What is to be done about each; none changes anything by itself. */
export const REMEDIES: Readonly<Record<(typeof DIFFERENCES)[number], string>> = {
  missing_at_provider:
    "Look for the transfer at Stripe, in the account whose key is set. If it was never made, reverse nothing: write to Stripe with the transfer's name.",
  unknown_here:
    "Money may have left twice. If the payout is completed by another transfer, reverse this one at Stripe, or agree with the partner to set it off.",
  status_differs:
    "Wait for an hour: the transfer is looked up by itself and confirmed. If it stays, see whether a worker runs and Stripe's webhook arrives.",
  amount_differs:
    "Somebody changed the transfer, or made another by hand under its name. Compare it with the payout, and correct the difference by a granted or cancelled commission.",
  reversed_there:
    "Send the event transfer.reversed again from Stripe's dashboard: it gives the amount back to the partner's balance.",
  reversed_in_part:
    "Reverse the rest at Stripe, and the payout is given back; or grant the partner what was taken back.",
  returned_here:
    "The books gave the amount back, and Stripe did not take it. Reverse the transfer at Stripe; the partner would be paid twice otherwise.",
};

export type TransferDifference = {
  readonly difference: (typeof DIFFERENCES)[number];
  readonly payoutId: string;
  readonly transferId: string;
  /** What the books say, and what the provider says, in minor units; null where one side has nothing. */
  readonly amountHere: bigint | null;
  readonly amountThere: bigint | null;
  readonly currency: string;
  /** What to do about it. */
  readonly action: string;
};

type Here = Awaited<ReturnType<typeof findTransferred>>[number];

/** Every difference of the period, in the order of the books, then in the provider's. Both sides reach beyond the period. */
export function compareTransfers(input: {
  readonly here: readonly Here[];
  readonly theirs: readonly MadeTransfer[];
  readonly isWithin: (instant: Date | null) => boolean;
  /** Whether the outcome of an attempt is still open here. */
  readonly isOpen: (made: Pick<MadeTransfer, "payoutId" | "attempt">) => boolean;
}): TransferDifference[] {
  const { here, theirs, isWithin, isOpen } = input;
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
      .map((made) => describe(isOpen(made) ? "status_differs" : "unknown_here", undefined, made)),
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
  action: REMEDIES[difference],
});
