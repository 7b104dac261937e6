import type { Ctx } from "../platform/context.ts";
import { findQuietAttempts, findWaitingAttempts } from "./attempt-repository.ts";
import { enqueueSendings } from "./open-attempt.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { LATER_MS } from "./send-transfer.ts";

/** No sending takes this long (20 seconds for each request): its worker has died, and its job may be lost with it. */
const SENDING_MAX_MS = 10 * 60_000;
/** Longer than any pause between two runs of a job, and than the wait for a next attempt. */
const REST_MAX_MS = LATER_MS + 3_600_000;
const WOKEN_MAX = 1_000;

/**
 * Has those attempts looked at again whose jobs have died, were used up or were lost: as long as a transfer's fate is open, somebody asks.
 * Waking one that needs none is harmless.
 */
export const wakeTransfers =
  (deps: PayoutDeps) =>
  (ctx: Ctx): Promise<{ readonly woken: number }> =>
    deps.db.transaction(ctx, async (tx) => {
      const before = (ageMs: number) => new Date(ctx.now.getTime() - ageMs);
      const quiet = await findQuietAttempts(tx, {
        sendingBefore: before(SENDING_MAX_MS),
        restBefore: before(REST_MAX_MS),
        limit: WOKEN_MAX,
      });
      await enqueueSendings(tx, quiet.map(sendingOf));
      return { woken: quiet.length };
    });

/** Money has come to the platform's balance: what waits for it is sent now. */
export const wakeForFunds =
  (deps: PayoutDeps) =>
  (ctx: Ctx): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const waiting = await findWaitingAttempts(tx, "stripe_connect", WOKEN_MAX);
      await enqueueSendings(tx, waiting.map(sendingOf));
    });

const sendingOf = ({ payout_id, attempt }: { readonly payout_id: string; readonly attempt: number }) => ({
  payoutId: payout_id,
  attempt,
});
