import { type AttemptRow, isOpen } from "./attempt-repository.ts";
import type { PayoutStatus } from "./payout-rules.ts";

/** What people say became of a payout. `paid`: it has arrived; `not_paid`: it has not and will not; `returned`: it had left and came back. */
export const SETTLEMENT_OUTCOMES = ["paid", "not_paid", "returned"] as const;
export type SettlementOutcome = (typeof SETTLEMENT_OUTCOMES)[number];

export type SettlementRefusal = "wrong_state" | "provider_decides" | "reference_missing";

/**
 * Whether people may say that of a payout. Where its provider can be asked, the provider says it. What has stood in a bank file may be at the
 * bank: it came back where the bank says so, by a name of the bank's, and not because somebody wants it back; the money would leave twice.
 */
export function refusalOf(of: {
  readonly outcome: SettlementOutcome;
  readonly status: PayoutStatus;
  /** The last attempt; undefined where there was none. */
  readonly attempt: Pick<AttemptRow, "status"> | undefined;
  /** Its provider is one that can be asked. */
  readonly isAsked: boolean;
  /** A request may be under way: of another server, which knows the provider. */
  readonly isUnderWay: boolean;
  readonly wasExported: boolean;
  readonly reference: string | undefined;
}): SettlementRefusal | undefined {
  const { outcome, status, attempt, isAsked, isUnderWay, wasExported, reference } = of;
  const isMatching =
    attempt !== undefined &&
    (outcome === "returned"
      ? status === "completed" && attempt.status === "succeeded"
      : status === "processing" && isOpen(attempt));
  if (!isMatching) return "wrong_state";
  if (isAsked || isUnderWay) return "provider_decides";
  const isReferenceNeeded = outcome === "paid" || (outcome === "returned" && wasExported);
  return isReferenceNeeded && reference === undefined ? "reference_missing" : undefined;
}

/** Whether a second person is needed, as for the release: where one has approved it, or it is more than the limit by itself. */
export const needsSecond = (of: {
  readonly approvedBy: string | null;
  readonly amount: bigint;
  readonly limit: bigint | null;
}): boolean => of.approvedBy !== null || (of.limit !== null && of.amount > of.limit);
