import { HOUR_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import {
  type AttemptRow,
  beginSending,
  findAttempts,
  isOpen,
  settleAttempt,
  withdrawAttempt,
} from "./attempt-repository.ts";
import { clearPayout } from "./clear-payout.ts";
import { heldBy } from "./look-at-waiting.ts";
import { findMethod } from "./method-repository.ts";
import { enqueueSendings, openAttempts, type SendTransfer } from "./open-attempt.ts";
import { findProvider, type PayoutDeps } from "./payout-deps.ts";
import { findPayout, type PayoutRow } from "./payout-repository.ts";
import { confirmLate, confirmTransfer, failPayout, lockPartner, putBack, returnTransfer } from "./settle-transfer.ts";
import { findWaitingSettlement } from "./settlement-repository.ts";
import type { TransferOutcome, TransferProvider } from "./transfer-provider.ts";
import { askForTransfer } from "./transfer-rules.ts";
import type { HeldNote } from "./waiting-repository.ts";

/** Thrown so that the job is tried again: the provider has not said what became of the money. */
export class TransferUnsettled extends Error {
  override name = "TransferUnsettled";
}

/** A transfer that failed for want of money is tried anew this long after, under a new key. */
export const LATER_MS = 6 * HOUR_MS;
/** And so often at most; then the payout fails and the money is the partner's balance again. */
const TRANSFER_ATTEMPTS_MAX = 12;
/**
 * So long an attempt is put off while its provider is asked too often, which is no failure. An older one is asked for with the queue's own growing
 * pauses: its job fails, and is given up in the end, as where the provider gives any other answer that is none.
 */
const PUT_OFF_MAX_MS = 12 * HOUR_MS;

/**
 * Sends a written-down transfer, or finds out what became of it. Safe to run at any time, any number of times, from any number of workers:
 * the same bytes go out under the same key, and the first to learn the outcome writes it down.
 */
export const sendTransfer =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, key: SendTransfer): Promise<void> => {
    const taken = await deps.db.transaction(ctx, (tx) => takeAttempt(deps, tx, key));
    if (taken === undefined) return;
    const outcome = await askForTransfer({ ...taken, provider: withEarlier(taken), now: ctx.now });
    if (outcome.kind === "unknown") {
      const isPutOff = await deps.db.transaction(ctx, async (tx) => {
        await settleAttempt(tx, key, "unknown", { errorCode: outcome.code });
        return putOff(tx, taken.attempt, taken.provider);
      });
      if (isPutOff) return;
      throw new TransferUnsettled(`transfer of payout ${key.payoutId} is unsettled: ${outcome.code}`);
    }
    await deps.db.transaction(ctx, (tx) => settle(deps, tx, taken, outcome));
  };

type Taken = {
  readonly provider: TransferProvider;
  /** Others by which it was sent before, which may know of it. */
  readonly earlier: readonly TransferProvider[];
  /** As it is now, this sending counted. */
  readonly attempt: AttemptRow;
  /** It may not leave any more; but it was sent before, so its fate is still to be learned. */
  readonly isHeld: boolean;
  /** When its payout was requested. */
  readonly requestedAt: Date;
};

/** The provider, that looks for transfers of a payout with the others too. */
const withEarlier = ({ provider, earlier }: Taken): TransferProvider => ({
  ...provider,
  find: async (payoutId) => (await Promise.all([provider, ...earlier].map((one) => one.find(payoutId)))).flat(),
});

/**
 * Joins a transaction: counts the sending before it is made. What was never sent and may no longer leave goes back to waiting: the partner was
 * suspended, is paid another way, a gate has closed.
 */
async function takeAttempt(deps: PayoutDeps, tx: Tx, key: SendTransfer): Promise<Taken | undefined> {
  await lockPartner(deps, tx, key.payoutId);
  const attempts = await findAttempts(tx, key.payoutId);
  const open = attempts.find((row) => row.attempt === key.attempt && isOpen(row));
  const payout = await findPayout(tx, key.payoutId);
  if (open === undefined || payout === undefined) return undefined;
  // What people are saying of it holds, not what this would find.
  if ((await findWaitingSettlement(tx, key.payoutId)) !== undefined) return undefined;
  if (await putOff(tx, open, findProvider(deps, open))) return undefined;
  const obstacle = await obstacleOf(deps, tx, payout);
  const isByHand = findProvider(deps, open)?.isByHand === true;
  if (obstacle !== undefined && (await withdrawAttempt(tx, key, { errorCode: obstacle.code, isByHand }))) {
    await putBack(deps, tx, payout, obstacle);
    return undefined;
  }
  const provider = providerOf(deps, open);
  const attempt = await beginSending(tx, key.payoutId, key.attempt);
  const earlier = new Set(
    attempts.flatMap((row) =>
      row.provider === open.provider || row.sends === 0 ? [] : (findProvider(deps, row) ?? []),
    ),
  );
  const isHeld = obstacle !== undefined;
  return attempt && { provider, earlier: [...earlier], attempt, isHeld, requestedAt: payout.requested_at };
}

/** Has a sending run later where the provider was asked too often, by whichever payout: a batch does not go on asking. False where it may be asked, or was put off for long enough. */
async function putOff(
  tx: Tx,
  { payout_id: payoutId, attempt, created_at: openSince }: AttemptRow,
  provider: TransferProvider | undefined,
): Promise<boolean> {
  if (tx.ctx.now.getTime() - openSince.getTime() >= PUT_OFF_MAX_MS) return false;
  const delayMs = provider?.pace?.waitMs() ?? 0;
  if (delayMs === 0) return false;
  await enqueueSendings(tx, [{ payoutId, attempt, delayMs }]);
  return true;
}

async function obstacleOf(
  deps: PayoutDeps,
  tx: Tx,
  payout: PayoutRow,
): Promise<{ readonly code: string; readonly held: HeldNote | undefined } | undefined> {
  const clearance = await clearPayout(deps, tx, payout);
  if (!clearance.isClear) return { code: clearance.obstacle.name, held: heldBy(payout, clearance.obstacle) };
  // The bytes name the account that was current at the release, and what was left of the amount then.
  if (clearance.method.id !== payout.method_id) return { code: "method_replaced", held: undefined };
  if (clearance.taxWithheld !== payout.tax_withheld) return { code: "withholding_changed", held: undefined };
  return undefined;
}

async function settle(
  deps: PayoutDeps,
  tx: Tx,
  { attempt: sent, provider }: Taken,
  outcome: Exclude<TransferOutcome, { kind: "unknown" }>,
): Promise<void> {
  const key = { payoutId: sent.payout_id, attempt: sent.attempt };
  if (outcome.kind === "confirmed") {
    await lockPartner(deps, tx, key.payoutId);
    // Nothing has left by this, and people say that they have paid it, or will not.
    if (provider.isByHand && (await findWaitingSettlement(tx, key.payoutId)) !== undefined) return;
    if (provider.isByHand && outcome.madeBy !== undefined)
      return leaveToEarlier(deps, tx, key, { attempt: outcome.madeBy, transferId: outcome.transferId });
    await confirmTransfer(deps, tx, key, outcome);
    if (outcome.isReversed === true) await returnTransfer(deps, tx, key, "transfer_reversed");
    return;
  }
  await lockPartner(deps, tx, key.payoutId);
  // A worker that stood still may bring a no that is true no more: where it was sent again since, what that comes to counts.
  const isFirst = await settleAttempt(tx, key, "failed", { errorCode: outcome.code, sends: sent.sends });
  if (!isFirst) return;
  const payout = await findPayout(tx, key.payoutId);
  const method = payout && (await findMethod(tx, payout.method_id));
  const isTriedAgain = outcome.next !== "give_up" && sent.attempt < TRANSFER_ATTEMPTS_MAX;
  if (!isTriedAgain || payout === undefined || method === undefined || method.provider_account_id === null)
    return failPayout(deps, tx, key.payoutId, outcome.code);
  await openAttempts(tx, [
    {
      payout,
      provider,
      destination: method.provider_account_id,
      ...(outcome.next === "retry_later" ? { delayMs: LATER_MS } : {}),
    },
  ]);
}

/** What was to be paid by hand has been paid by a provider before: it is that transfer's, and no bank file hands it out. */
async function leaveToEarlier(
  deps: PayoutDeps,
  tx: Tx,
  key: SendTransfer,
  made: { readonly attempt: number; readonly transferId: string },
): Promise<void> {
  const payout = await findPayout(tx, key.payoutId);
  const code = "paid_by_earlier_attempt";
  if (payout === undefined || !(await withdrawAttempt(tx, key, { errorCode: code, isByHand: true }))) return;
  await putBack(deps, tx, payout, { code, held: undefined });
  await confirmLate(deps, tx, { ...made, payoutId: key.payoutId, isReversed: false });
}

function providerOf(deps: PayoutDeps, attempt: AttemptRow): TransferProvider {
  const provider = findProvider(deps, attempt);
  if (provider === undefined) throw new TransferUnsettled(`no provider ${attempt.provider} is configured`);
  return provider;
}
