import { isId } from "../kernel/id.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { findAttemptByTransfer, findAttempts, isOpen } from "./attempt-repository.ts";
import { noteLeftOtherwise } from "./bank-file-repository.ts";
import { lookAtAccount, recordAccount, writeLook } from "./look-at-account.ts";
import { enqueueSendings } from "./open-attempt.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutEvent } from "./payout-events.ts";
import { findPayout, noteBankPayout } from "./payout-repository.ts";
import { confirmLate, confirmTransfer, lockPartner, returnTransfer } from "./settle-transfer.ts";
import { madeTransfer } from "./stripe-connect.ts";
import { goneAccount, type MadeTransfer } from "./transfer-provider.ts";
import { wakeForFunds } from "./wake-transfers.ts";

/** A Stripe event as it lies in the inbox: verified, stored, not yet acted upon. */
export type StripeEvent = {
  readonly id: string;
  readonly type: string;
  readonly account?: string;
  readonly data: { readonly object: Record<string, unknown> };
};

/**
 * Acts on one event of Stripe Connect. Events come late, twice and out of order, so an event is a reason to look, not a fact: account states
 * are read anew from Stripe, and a transfer is settled by the same statement that its job would use.
 */
export const applyStripeEvent =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, event: StripeEvent): Promise<void> => {
    const { object } = event.data;
    switch (event.type) {
      case "account.updated":
      case "capability.updated":
      case "account.external_account.created":
      case "account.external_account.updated":
      case "account.external_account.deleted":
        return refreshAccount(deps, ctx, text(event.account) ?? text(object["id"]));
      case "account.application.deauthorized":
        return closeAccount(deps, ctx, text(event.account));
      case "transfer.created":
        return learnTransfer(deps, ctx, object);
      case "transfer.reversed":
        return learnReversal(deps, ctx, object);
      case "payout.paid":
      case "payout.failed":
      case "payout.canceled":
        return noteBankStatus(deps, ctx, event);
      case "balance.available":
        return wakeForFunds(deps)(ctx);
      default:
        return undefined;
    }
  };

/** The object of an event named `transfer.…`: its signature was verified, so it is Stripe's. */
const asTransfer = (object: Record<string, unknown>): Parameters<typeof madeTransfer>[0] =>
  object as Parameters<typeof madeTransfer>[0];

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

async function refreshAccount(deps: PayoutDeps, ctx: Ctx, accountId: string | undefined): Promise<void> {
  if (accountId === undefined || deps.accounts === undefined) return;
  await writeLook(deps, ctx, await lookAtAccount(deps, ctx, deps.accounts, accountId));
}

async function closeAccount(deps: PayoutDeps, ctx: Ctx, accountId: string | undefined): Promise<void> {
  if (accountId === undefined) return;
  await recordAccount(deps)(ctx, goneAccount(accountId));
}

/**
 * A transfer whose answer was lost is confirmed by its event: that of the attempt which it names, also where that was taken for failed and its payout
 * waits again. One that no such attempt can have made is said aloud, since money may have left twice; what it names by another payout's id is not this tenant's.
 */
async function learnTransfer(deps: PayoutDeps, ctx: Ctx, object: Record<string, unknown>): Promise<void> {
  const made = madeTransfer(asTransfer(object));
  if (made === undefined || !isId(made.payoutId)) return;
  await deps.db.transaction(ctx, async (tx) => {
    const { payoutId, attempt, transferId } = made;
    if ((await findPayout(tx, payoutId)) === undefined) return;
    await lockPartner(deps, tx, payoutId);
    const attempts = await findAttempts(tx, payoutId);
    if (attempts.some((row) => row.provider_transfer_id === transferId)) return;
    const open = attempts.find(isOpen);
    if (open?.attempt === attempt) {
      await confirmTransfer(deps, tx, { payoutId, attempt }, { transferId });
    } else if (open !== undefined) {
      // An attempt that was taken for failed has paid. The open one looks before it sends, and finds this.
      await enqueueSendings(tx, [{ payoutId, attempt: open.attempt }]);
    } else if (!(await confirmLate(deps, tx, made))) {
      await sayUnexpected(deps, tx, made);
    }
  });
}

/**
 * Only a full reversal is a return; a partial one is the operator's own act at Stripe and shows in reconciliation. It may come before anything
 * else was heard of the transfer: then that is learned here as well, or the payout would be confirmed later and its money be lost.
 */
async function learnReversal(deps: PayoutDeps, ctx: Ctx, object: Record<string, unknown>): Promise<void> {
  const transferId = text(object["id"]);
  if (transferId === undefined || object["reversed"] !== true) return;
  await learnTransfer(deps, ctx, object);
  await deps.db.transaction(ctx, async (tx) => {
    const attempt = await findAttemptByTransfer(tx, "stripe_connect", transferId);
    if (attempt)
      await returnTransfer(deps, tx, { payoutId: attempt.payout_id, attempt: attempt.attempt }, "transfer_reversed");
  });
}

async function sayUnexpected(deps: PayoutDeps, tx: Tx, made: MadeTransfer): Promise<void> {
  const payout = await findPayout(tx, made.payoutId);
  if (payout === undefined || made.isReversed) return;
  // What is to be paid by hand, and has been paid by Stripe: no bank file hands it out as well.
  if (payout.status === "completed" && payout.payment_method === "bank_file") await noteLeftOtherwise(tx, payout.id);
  await deps.audit.record(tx, "payout.transfer_unexpected", {
    targetType: "payout",
    targetId: payout.id,
    after: { transferId: made.transferId, attempt: made.attempt, amount: made.amount, currency: made.currency },
  });
  await deps.outbox.publish(tx, [payoutEvent("payout.transfer_unexpected", payout)]);
}

/** One bank payout bundles what was transferred before it: each completed payout at that account gets the note. */
async function noteBankStatus(deps: PayoutDeps, ctx: Ctx, { account, type, data }: StripeEvent): Promise<void> {
  const { id, created } = data.object;
  if (account === undefined || typeof id !== "string" || typeof created !== "number") return;
  const note = {
    accountId: account,
    bankPayoutId: id,
    madeAt: new Date(created * 1_000),
    status: type.slice("payout.".length),
  };
  await deps.db.transaction(ctx, async (tx) => {
    const noted = await noteBankPayout(tx, note);
    await deps.outbox.publish(
      tx,
      noted.map((payout) => payoutEvent("payout.bank_status_changed", payout)),
    );
  });
}
