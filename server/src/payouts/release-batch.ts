import type { Ctx } from "../platform/context.ts";
import { planOnce, type Tx } from "../platform/database/index.ts";
import { openAllowance } from "./approval-limits.ts";
import { batchEvent } from "./batch-progress.ts";
import { dissolve, findBatch, moveBatch } from "./batch-repository.ts";
import { isSecondToRelease } from "./batch-rules.ts";
import { type BatchView, batchView } from "./batch-view.ts";
import { type Cleared, sortOut } from "./look-at-waiting.ts";
import { BATCH_MAX, batchOf, personBehind } from "./make-batch.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findPayoutsOfBatch } from "./payout-repository.ts";
import { type ProcessedPayouts, release, requireRelease } from "./process-payout.ts";
import { findSettings } from "./settings-repository.ts";
import { findWaitingCurrencies, noteHeld } from "./waiting-repository.ts";

export type ReleasedBatch = BatchView & ProcessedPayouts;

/**
 * Lets the payouts of a batch go to their providers, in one transaction. What may not leave now is named, and waits again outside of the batch.
 * Throws `auth.step_up_required`.
 */
export const releaseBatch =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { batchId }: { readonly batchId: string }): Promise<ReleasedBatch> =>
    deps.db.transaction(ctx, async (tx) => {
      requireRelease(ctx);
      await planOnce(tx);
      return releaseIn(deps, tx, batchId);
    });

/** Joins a transaction. `cleared` are the batch's payouts where this transaction has locked them and asked whether they may leave. */
async function releaseIn(
  deps: PayoutDeps,
  tx: Tx,
  batchId: string,
  cleared?: readonly Cleared[],
): Promise<ReleasedBatch> {
  if ((await findBatch(tx, batchId)) === undefined) throw payoutErrors.batch_not_found();
  const releasedBy = await personBehind(deps, tx);
  const batch = await moveBatch(tx, batchId, "released", { released_by: releasedBy, released_at: tx.ctx.now });
  if (batch === undefined) throw payoutErrors.batch_wrong_state();
  if (!isSecondToRelease({ madeBy: batch.made_by, approvedBy: batch.approved_by, releasedBy }))
    throw payoutErrors.same_person();
  const { clear, held } =
    cleared === undefined ? await sortOutBatch(deps, tx, batchId) : { clear: [...cleared], held: [] };
  if (clear.length === 0) throw payoutErrors.batch_empty({ held });
  if (batch.approved_by === null) {
    // The limit, or what has left beside it, may be others now than when the batch was made.
    const allowance = await openAllowance(tx, [batch.currency]);
    const amount = clear.reduce((sum, { payout }) => sum + payout.amount, 0n);
    if (!allowance.take({ currency: batch.currency, amount }))
      throw payoutErrors.approval_required({ limit: allowance.limitOf(batch.currency) });
  }
  await dissolve(
    tx,
    held.map(({ payoutId }) => payoutId),
  );
  await noteHeld(tx, held);
  const processed = (await release(deps, tx, clear)).length;
  await deps.audit.record(tx, "payout_batch.released", {
    targetType: "payout_batch",
    targetId: batch.id,
    after: { ...batch, processed, held: held.length },
  });
  await deps.outbox.publish(tx, [batchEvent("payout_batch.released", batch)]);
  return { ...(await batchView(deps, tx, batch)), processed, held };
}

async function sortOutBatch(deps: PayoutDeps, tx: Tx, batchId: string) {
  const payouts = await findPayoutsOfBatch(tx, batchId);
  return sortOut(
    deps,
    tx,
    payouts.filter(({ status }) => status === "pending"),
  );
}

/**
 * Where the programme is set so: makes a batch of what schedules have asked for, of each currency, and releases it; above the limit it is made
 * and waits for a person.
 */
export const releaseScheduled =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly batches: number }> => {
    const currencies = await deps.db.read(ctx, async (tx) =>
      (await findSettings(tx)).releasesScheduled ? findWaitingCurrencies(tx, "schedule") : [],
    );
    const failures: unknown[] = [];
    let batches = 0;
    for (const currency of currencies) {
      const made = await deps.db
        .transaction(ctx, async (tx) => {
          await planOnce(tx);
          const found = await batchOf(deps, tx, { currency, limit: BATCH_MAX, requestedBy: "schedule" });
          if ("held" in found) return undefined;
          // Made and released by one transaction, which holds the payouts: what was asked of them for the batch is asked for the release.
          if (found.made.status === "ready") await releaseIn(deps, tx, found.made.id, found.cleared);
          return found;
        })
        .catch((error: unknown) => {
          failures.push(error);
        });
      if (made !== undefined) batches += 1;
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${currencies.length} currencies were not released`);
    return { batches };
  };
