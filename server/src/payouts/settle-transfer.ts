import { publishClawbacks } from "../commissions/index.ts";
import { derivedId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { payoutReleased, transferConfirmed, transferReturned } from "../ledger/index.ts";
import type { Tx } from "../platform/database/index.ts";
import { findAttempts, reopenAttempt, settleAttempt } from "./attempt-repository.ts";
import { noteLeftOtherwise } from "./bank-file-repository.ts";
import { tellProgress } from "./batch-progress.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { payoutEvent } from "./payout-events.ts";
import { tellFailed } from "./payout-notices.ts";
import {
  findItemPage,
  findPayout,
  type ItemRow,
  movePayout,
  type PayoutRow,
  settleItems,
  takenParts,
} from "./payout-repository.ts";
import type { MadeTransfer } from "./transfer-provider.ts";
import { type HeldNote, noteHeld } from "./waiting-repository.ts";

/** By what name the money has moved. */
export type Confirmation = {
  readonly transferId: string;
  /** The attempt that moved it, where it is an earlier one. */
  readonly madeBy?: number;
  /** A person has paid it: no bank file hands it out. */
  readonly wasHandedOut?: boolean;
};

/**
 * The money has moved: settles attempt, payout, items, books and commissions together. The second to report it changes nothing. Where an earlier
 * attempt has moved it, it went where that one said, with what that one kept back: a later release decided of money that had left.
 */
export async function confirmTransfer(
  deps: PayoutDeps,
  tx: Tx,
  key: { readonly payoutId: string; readonly attempt: number },
  { transferId, madeBy = key.attempt, wasHandedOut = false }: Confirmation,
): Promise<void> {
  await lockPartner(deps, tx, key.payoutId);
  const isFirst = await settleAttempt(tx, key, "succeeded", { transferId });
  if (!isFirst) return;
  const sent = (await findAttempts(tx, key.payoutId)).find(({ attempt }) => attempt === madeBy);
  const moved = await movePayout(tx, key.payoutId, "completed", {
    processed_at: tx.ctx.now,
    failure_code: null,
    // A provider's name is the kind of its methods.
    ...(sent && { method_id: sent.method_id, payment_method: sent.provider, tax_withheld: sent.tax_withheld }),
  });
  const payout = wasHandedOut ? await noteLeftOtherwise(tx, key.payoutId) : moved;
  invariant(moved && payout, "a payout whose transfer was open is processing");
  await settleItems(tx, payout.id, "confirmed");
  await deps.ledger.post(tx, [
    transferConfirmed({
      ...bookFacts(tx, payout),
      sourceId: attemptId(key),
      fee: payout.fee,
      taxWithheld: payout.tax_withheld,
      operatorFee: payout.operator_fee,
    }),
  ]);
  await markCommissions(deps, tx, payout.id);
  await deps.audit.record(tx, "payout.completed", {
    targetType: "payout",
    targetId: payout.id,
    after: { transferId, amount: payout.amount },
  });
  await deps.outbox.publish(tx, [payoutEvent("payout.completed", payout)]);
  await tellProgress(deps, tx, payout.batch_id);
}

/**
 * The money of a payout that waits again has moved by an attempt that was taken for failed: it is paid, and is neither released again nor given back.
 * False where no such attempt was sent, or the payout does not wait.
 */
export async function confirmLate(
  deps: PayoutDeps,
  tx: Tx,
  {
    payoutId,
    attempt,
    transferId,
    isReversed,
  }: Pick<MadeTransfer, "payoutId" | "attempt" | "transferId" | "isReversed">,
): Promise<boolean> {
  const key = { payoutId, attempt };
  if (isReversed || !(await reopenAttempt(tx, key))) return false;
  // Out of its batch, if it is in one: it has left without it.
  const released = { batch_id: null, released_at: tx.ctx.now };
  const payout = await movePayout(tx, payoutId, "processing", released);
  invariant(payout, "an attempt is reopened where its payout waits");
  await confirmTransfer(deps, tx, key, { transferId });
  return true;
}

/** The money has definitively not moved: it is the partner's balance again, and repays debt first. */
export async function failPayout(deps: PayoutDeps, tx: Tx, payoutId: string, code: string): Promise<void> {
  await lockPartner(deps, tx, payoutId);
  const payout = await movePayout(tx, payoutId, "failed", { failure_code: code });
  if (payout === undefined) return;
  await giveBack(deps, tx, payout, "payout.failed");
  await tellFailed(deps, tx, payout);
  await tellProgress(deps, tx, payout.batch_id);
}

/**
 * What was released and never sent waits again, for somebody to release or cancel it: it may not leave now. Its money stays reserved. `held` is
 * what stands against it, where something does.
 */
export async function putBack(
  deps: PayoutDeps,
  tx: Tx,
  released: PayoutRow,
  { code, held }: { readonly code: string; readonly held: HeldNote | undefined },
): Promise<void> {
  const change = { failure_code: code, batch_id: null, released_at: null, tax_withheld: 0n };
  const payout = await movePayout(tx, released.id, "pending", change);
  invariant(payout, "a payout whose attempt was open is processing");
  if (held !== undefined) await noteHeld(tx, [held]);
  await deps.audit.record(tx, "payout.put_back", {
    targetType: "payout",
    targetId: payout.id,
    before: released,
    after: payout,
    reason: code,
  });
  await deps.outbox.publish(tx, [payoutEvent("payout.put_back", payout)]);
  await tellProgress(deps, tx, released.batch_id);
}

/** Takes a waiting payout back, before anything was sent. */
export async function cancelWaiting(deps: PayoutDeps, tx: Tx, payoutId: string): Promise<PayoutRow> {
  await lockPartner(deps, tx, payoutId);
  const payout = await giveBackWaiting(deps, tx, payoutId);
  if (payout === undefined) throw payoutErrors.wrong_state();
  return payout;
}

/** The same for a caller who has locked the accounts; undefined where it does not wait any more. */
export async function giveBackWaiting(deps: PayoutDeps, tx: Tx, payoutId: string): Promise<PayoutRow | undefined> {
  const payout = await movePayout(tx, payoutId, "cancelled");
  if (payout !== undefined) await giveBack(deps, tx, payout, "payout.cancelled");
  return payout;
}

async function giveBack(
  deps: PayoutDeps,
  tx: Tx,
  payout: PayoutRow,
  type: "payout.failed" | "payout.cancelled",
): Promise<void> {
  await settleItems(tx, payout.id, "released");
  const balances = await deps.ledger.balances(tx, { partnerId: payout.partner_id, currency: payout.currency });
  const entries = [
    payoutReleased({ ...bookFacts(tx, payout), sourceId: payout.id, debt: balances.clawback_receivable }),
  ];
  await deps.ledger.post(tx, entries);
  await publishClawbacks(deps, tx, entries);
  await markCommissions(deps, tx, payout.id);
  await deps.audit.record(tx, type, { targetType: "payout", targetId: payout.id, after: payout });
  await deps.outbox.publish(tx, [payoutEvent(type, payout)]);
}

/** The provider has taken a confirmed transfer back: cash returns, and the amount is the partner's balance again. */
export async function returnTransfer(
  deps: PayoutDeps,
  tx: Tx,
  key: { readonly payoutId: string; readonly attempt: number },
  code: string,
): Promise<void> {
  await lockPartner(deps, tx, key.payoutId);
  const isFirst = await settleAttempt(tx, key, "returned", { errorCode: code });
  if (!isFirst) return;
  const payout = await movePayout(tx, key.payoutId, "failed", { failure_code: code });
  invariant(payout, "a payout whose transfer succeeded is completed");
  await settleItems(tx, payout.id, "released");
  const balances = await deps.ledger.balances(tx, { partnerId: payout.partner_id, currency: payout.currency });
  const entries = [
    transferReturned({
      ...bookFacts(tx, payout),
      sourceId: attemptId(key),
      ...deductions(payout),
      debt: balances.clawback_receivable,
      isFeeRefunded: false,
    }),
  ];
  await deps.ledger.post(tx, entries);
  await publishClawbacks(deps, tx, entries);
  await markCommissions(deps, tx, payout.id);
  await deps.audit.record(tx, "payout.returned", {
    targetType: "payout",
    targetId: payout.id,
    after: payout,
    reason: code,
  });
  await deps.outbox.publish(tx, [payoutEvent("payout.returned", payout)]);
  await tellFailed(deps, tx, payout);
}

/** Commissions that are marked at once; a payout may be made of any number. */
const MARKED_AT_ONCE = 5_000;

/** A commission is paid when what has left reaches its amount, and approved again when that came back. */
async function markCommissions(deps: PayoutDeps, tx: Tx, payoutId: string): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: readonly ItemRow[] = await findItemPage(tx, { payoutId, after, limit: MARKED_AT_ONCE });
    const ids = page.flatMap(({ commission_id }) => commission_id ?? []);
    const parts = await takenParts(tx, ids);
    await deps.commissions.settlePaid(
      tx,
      ids.map((id) => ({ id, confirmed: parts.get(id)?.confirmed ?? 0n })),
    );
    after = page.length < MARKED_AT_ONCE ? undefined : page.at(-1)?.line;
  }
}

/** Accounts before rows, as everywhere: two settlements of one partner take their turn here. */
export async function lockPartner(deps: PayoutDeps, tx: Tx, payoutId: string): Promise<void> {
  const payout = await findPayout(tx, payoutId);
  if (payout === undefined) throw payoutErrors.not_found();
  await deps.ledger.lock(tx, [{ partnerId: payout.partner_id, currency: payout.currency }]);
}

const deductions = (payout: PayoutRow) => ({ fee: payout.fee, taxWithheld: payout.tax_withheld });

/** One cause in the books for each attempt: a payout whose first transfer was returned may be confirmed only by another. */
export const attemptId = (key: { readonly payoutId: string; readonly attempt: number }): string =>
  derivedId("transfer_attempt", key.payoutId, String(key.attempt));

const bookFacts = (tx: Tx, payout: PayoutRow) => ({
  partnerId: payout.partner_id,
  currency: payout.currency,
  amount: payout.amount,
  at: tx.ctx.now,
});
