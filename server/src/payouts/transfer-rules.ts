import type { AttemptRow } from "./attempt-repository.ts";
import type { MadeTransfer, TransferOutcome, TransferProvider } from "./transfer-provider.ts";

type Question = {
  readonly provider: Pick<TransferProvider, "find" | "send" | "keyLifetimeMs">;
  /** The attempt with this sending counted. */
  readonly attempt: Pick<
    AttemptRow,
    "payout_id" | "attempt" | "request" | "idempotency_key" | "sends" | "first_sent_at"
  >;
  readonly isHeld: boolean;
  /** When the payout was requested: nothing can have been sent for it before. */
  readonly requestedAt: Date;
  readonly now: Date;
};

/** A request of which nobody waits for the answer any more is done, or will never be, after this: clients and Stripe end one far sooner. */
export const UNDER_WAY_MAX_MS = 15 * 60_000;

/**
 * The first sending of a first attempt asks, while its key would give again whatever was done under it. Any other looks first: an answer that was
 * lost, a 500 that is replayed for a day, or a sending that a restored backup does not know of may hide a transfer. Towards the end of the key's
 * life nothing is sent again under it; what is not found when it is over was never made, and is not under way any more.
 */
export async function askForTransfer({
  provider,
  attempt,
  isHeld,
  requestedAt,
  now,
}: Question): Promise<TransferOutcome> {
  const wasSent = attempt.sends > 1;
  const ageOf = (since: Date): number => now.getTime() - since.getTime();
  const resendMs = provider.keyLifetimeMs - UNDER_WAY_MAX_MS;
  if (wasSent || attempt.attempt > 1 || ageOf(requestedAt) >= resendMs) {
    const made = await provider.find(attempt.payout_id).catch(() => undefined);
    if (made === undefined) return { kind: "unknown", code: "lookup_failed" };
    const age = ageOf(attempt.first_sent_at ?? now);
    const known = readTransfers(made, {
      attempt: attempt.attempt,
      wasSent,
      isKeyEnding: age >= resendMs,
      isKeyOver: age >= provider.keyLifetimeMs,
      isHeld,
    });
    if (known !== undefined) return known;
  }
  return provider.send(attempt.request, attempt.idempotency_key);
}

/** What the transfers that a provider has of a payout say of one attempt; undefined where it may be sent. */
export function readTransfers(
  made: readonly Pick<MadeTransfer, "transferId" | "attempt" | "isReversed">[],
  of: {
    readonly attempt: number;
    readonly wasSent: boolean;
    readonly isKeyEnding: boolean;
    readonly isKeyOver: boolean;
    readonly isHeld: boolean;
  },
): TransferOutcome | undefined {
  const own = made.find(({ attempt }) => attempt === of.attempt);
  if (own !== undefined) return { kind: "confirmed", transferId: own.transferId, isReversed: own.isReversed };
  const isOver = of.wasSent && of.isKeyOver;
  // An earlier attempt that was taken for failed has paid after all: the payout is paid, and nothing more is sent. Where this one may still
  // be under way, what becomes of it is awaited.
  const earlier = made.find(({ isReversed }) => !isReversed);
  if (earlier !== undefined && (!of.wasSent || isOver))
    return { kind: "confirmed", transferId: earlier.transferId, madeBy: earlier.attempt };
  if (earlier !== undefined) return { kind: "unknown", code: "paid_by_earlier_attempt" };
  if (isOver) return { kind: "failed", code: "never_arrived", next: "retry_now" };
  if (of.wasSent && of.isKeyEnding) return { kind: "unknown", code: "key_ending" };
  return of.isHeld ? { kind: "unknown", code: "held" } : undefined;
}
