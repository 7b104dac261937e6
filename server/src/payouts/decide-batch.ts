import { requireRecentProof } from "../identity/index.ts";
import { accessErrors, type Ctx, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { batchEvent } from "./batch-progress.ts";
import { type BatchRow, dissolve, findBatch, findExpired, moveBatch } from "./batch-repository.ts";
import { refuseApprover } from "./batch-rules.ts";
import { type BatchView, batchView } from "./batch-view.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findPayoutsOfBatch } from "./payout-repository.ts";
import { giveBackWaiting } from "./settle-transfer.ts";

type Decision = { readonly batchId: string; readonly reason?: string | undefined };

/** A second person lets a batch go: it may be released from now on. Also one below the limit may be approved. Throws `auth.step_up_required`. */
export const approveBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { batchId, reason }: Decision): Promise<BatchView> =>
    deps.db.transaction(ctx, async (tx) => {
      // The second person is there so that one stolen session moves no money: one that was left open must not be the other.
      requireRecentProof(ctx);
      const userId = await requireSecond(tx, batchId);
      const batch = await moveBatch(tx, batchId, "ready", {
        approved_by: userId,
        approved_at: ctx.now,
        decision_reason: reason ?? null,
      });
      if (batch === undefined) throw payoutErrors.batch_wrong_state();
      await say(deps, tx, "approved", batch);
      return batchView(deps, tx, batch);
    });

/** A second person refuses a batch: its payouts are cancelled, and their money is available to the partners again. */
export const refuseBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { batchId, reason }: Decision): Promise<BatchView> =>
    deps.db.transaction(ctx, async (tx) => {
      await requireSecond(tx, batchId);
      return batchView(deps, tx, await giveBatchBack(deps, tx, { batchId, to: "refused", reason }));
    });

/** Takes a batch apart that is not released: its payouts wait again, for another batch or by themselves. */
export const cancelBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { batchId }: { readonly batchId: string }): Promise<BatchView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      if ((await findBatch(tx, batchId)) === undefined) throw payoutErrors.batch_not_found();
      const batch = await moveBatch(tx, batchId, "cancelled", { closed_at: ctx.now });
      if (batch === undefined) throw payoutErrors.batch_wrong_state();
      const payouts = await findPayoutsOfBatch(tx, batchId);
      await dissolve(
        tx,
        payouts.map(({ id }) => id),
      );
      await say(deps, tx, "cancelled", batch);
      return batchView(deps, tx, batch);
    });

/** Batches that one wake lets expire; more wait for the next. */
const EXPIRED_MAX = 20;

/** What has waited too long for a second person is given back, as though it had been refused. */
export const expireBatches =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly expired: number }> => {
    const batchIds = await deps.db.read(ctx, (tx) => findExpired(tx, EXPIRED_MAX));
    const failures: unknown[] = [];
    for (const batchId of batchIds)
      await deps.db
        .transaction(ctx, async (tx) => {
          // Whoever approved it meanwhile was faster.
          if ((await findBatch(tx, batchId))?.status === "waiting")
            await giveBatchBack(deps, tx, { batchId, to: "expired", reason: "nobody approved it in time" });
        })
        .catch((error: unknown) => {
          failures.push(error);
        });
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${batchIds.length} batches did not expire`);
    return { expired: batchIds.length };
  };

/** The rule by which a batch that is not to be gives its money back: every payout of it that waits is cancelled. */
async function giveBatchBack(
  deps: PayoutDeps,
  tx: Tx,
  of: { readonly batchId: string; readonly to: "refused" | "expired"; readonly reason: string | undefined },
): Promise<BatchRow> {
  const payouts = await findPayoutsOfBatch(tx, of.batchId);
  // Accounts before rows, as everywhere.
  await deps.ledger.lock(
    tx,
    payouts.map(({ partner_id: partnerId, currency }) => ({ partnerId, currency })),
  );
  const batch = await moveBatch(tx, of.batchId, of.to, {
    closed_at: tx.ctx.now,
    decision_reason: of.reason ?? null,
    // Whoever had approved it has not: it is not.
    approved_by: null,
    approved_at: null,
  });
  if (batch === undefined) throw payoutErrors.batch_wrong_state();
  for (const { id } of payouts) await giveBackWaiting(deps, tx, id);
  await say(deps, tx, of.to, batch);
  return batch;
}

/** Refuses who may not decide about a batch: a program, and the person who made it. Returns who may. */
async function requireSecond(tx: Tx, batchId: string): Promise<string> {
  requireScope(tx.ctx, "payouts:approve");
  const batch = await findBatch(tx, batchId);
  if (batch === undefined) throw payoutErrors.batch_not_found();
  // Its time is over, and its money goes back, also where nothing has woken yet to give it.
  if (batch.status === "waiting" && batch.expires_at !== null && batch.expires_at <= tx.ctx.now)
    throw payoutErrors.batch_wrong_state();
  const { actor } = tx.ctx;
  const userId = actor.type === "user" ? actor.userId : null;
  const refusal = refuseApprover({ madeBy: batch.made_by, userId });
  if (refusal === "same_person") throw payoutErrors.same_person();
  if (refusal === "person_required" || userId === null) throw accessErrors.person_required();
  return userId;
}

async function say(
  deps: PayoutDeps,
  tx: Tx,
  what: "approved" | "refused" | "expired" | "cancelled",
  batch: BatchRow,
): Promise<void> {
  const type = `payout_batch.${what}` as const;
  await deps.audit.record(tx, type, {
    targetType: "payout_batch",
    targetId: batch.id,
    after: batch,
    ...(batch.decision_reason === null ? {} : { reason: batch.decision_reason }),
  });
  await deps.outbox.publish(tx, [batchEvent(type, batch)]);
}
