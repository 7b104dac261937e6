import { requireRecentProof } from "../identity/index.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { planOnce, type Tx } from "../platform/database/index.ts";
import { openAllowance } from "./approval-limits.ts";
import { clearPayout } from "./clear-payout.ts";
import { type Cleared, type Held, lookThrough } from "./look-at-waiting.ts";
import { openAttempts } from "./open-attempt.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { payoutEvent } from "./payout-events.ts";
import { findPayout, type PayoutRow, releasePayouts } from "./payout-repository.ts";
import { type PayoutView, payoutView } from "./payout-view.ts";

/** Payouts that one call releases; more wait for the next. */
const PROCESS_BATCH_MAX = 500;

/** Releases one payout: its transfer is written down, bytes and key, and a job sends it. Throws `auth.step_up_required`. */
export const processPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireRelease(ctx);
      return payoutView(await processOne(deps, tx, payoutId));
    });

export type ProcessedPayouts = { readonly processed: number; readonly held: Held[] };

/**
 * Releases one payout, or what waits, oldest first. It is one transaction: what is held is found out before anything of it is written, so that
 * it does not hold back the others, and a request that is sent again is answered as it was. Throws `auth.step_up_required`.
 */
export const processPayouts =
  (deps: PayoutDeps) =>
  (
    ctx: Ctx,
    { payoutId, limit = PROCESS_BATCH_MAX }: { readonly payoutId?: string; readonly limit?: number },
  ): Promise<ProcessedPayouts> =>
    deps.db.transaction(ctx, async (tx) => {
      requireRelease(ctx);
      if (payoutId !== undefined) {
        await processOne(deps, tx, payoutId);
        return { processed: 1, held: [] };
      }
      return processWaiting(deps, tx, Math.min(limit, PROCESS_BATCH_MAX));
    });

/** Who lets money go, one payout or a batch of them: a session that was left open is not enough. */
export function requireRelease(ctx: Ctx): void {
  requireScope(ctx, "payouts:process");
  requireRecentProof(ctx);
}

async function processOne(deps: PayoutDeps, tx: Tx, payoutId: string): Promise<PayoutRow> {
  const payout = await findPayout(tx, payoutId);
  if (payout === undefined) throw payoutErrors.not_found();
  if (payout.status !== "pending") throw payoutErrors.wrong_state({ status: payout.status });
  if (payout.batch_id !== null) throw payoutErrors.in_batch({ batchId: payout.batch_id });
  const clearance = await clearPayout(deps, tx, payout);
  if (!clearance.isClear) throw payoutErrors[clearance.obstacle.name](clearance.obstacle.facts);
  const allowance = await openAllowance(tx, [payout.currency]);
  if (!allowance.take(payout)) throw payoutErrors.approval_required({ limit: allowance.limitOf(payout.currency) });
  const [released] = await release(deps, tx, [{ payout, clearance }]);
  if (released === undefined) throw payoutErrors.wrong_state();
  return released;
}

async function processWaiting(deps: PayoutDeps, tx: Tx, limit: number): Promise<ProcessedPayouts> {
  await planOnce(tx);
  let processed = 0;
  const unapproved: Held[] = [];
  const held = await lookThrough(deps, tx, { limit }, async (clear) => {
    const allowance = await openAllowance(
      tx,
      clear.map(({ payout }) => payout.currency),
    );
    const allowed = clear.filter(({ payout }) => allowance.take(payout));
    unapproved.push(
      ...clear
        .filter((one) => !allowed.includes(one))
        .map(({ payout }) => ({ payoutId: payout.id, partnerId: payout.partner_id, ...APPROVAL_REQUIRED })),
    );
    const released = (await release(deps, tx, allowed)).length;
    processed += released;
    return released;
  });
  return { processed, held: [...held, ...unapproved] };
}

/** Nothing stands against such a payout: it leaves by a batch. So it keeps its place in the queue. */
const APPROVAL_REQUIRED = {
  code: "payout.approval_required",
  reason: null,
  about: "payout",
  isLasting: false,
} as const;

/** Returns what was released, in the order given: what somebody else has moved is left out. */
export async function release(deps: PayoutDeps, tx: Tx, cleared: readonly Cleared[]): Promise<readonly PayoutRow[]> {
  if (cleared.length === 0) return [];
  const moved = await releasePayouts(
    tx,
    cleared.map(({ payout: { id, batch_id }, clearance: { method, taxWithheld } }) => ({
      id,
      batch_id,
      method_id: method.id,
      payment_method: method.kind,
      tax_withheld: taxWithheld,
    })),
  );
  const rows = new Map(moved.map((payout) => [payout.id, payout]));
  const released = cleared.flatMap(({ payout: waiting, clearance: { provider, destination } }) => {
    const payout = rows.get(waiting.id);
    return payout === undefined ? [] : [{ waiting, payout, provider, destination }];
  });
  await openAttempts(tx, released);
  await deps.audit.recordAll(
    tx,
    "payout.processed",
    released.map(({ waiting, payout }) => ({
      targetType: "payout",
      targetId: payout.id,
      before: waiting,
      after: payout,
    })),
  );
  await deps.outbox.publish(
    tx,
    released.map(({ payout }) => payoutEvent("payout.processing", payout)),
  );
  return released.map(({ payout }) => payout);
}
