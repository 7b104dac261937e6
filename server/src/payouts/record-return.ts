import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { findAttempts } from "./attempt-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findPayout } from "./payout-repository.ts";
import { type PayoutView, payoutView } from "./payout-view.ts";
import { returnTransfer } from "./settle-transfer.ts";

/** The bank has returned a payout that was made by hand: the amount is the partner's balance again. */
export const recordReturn =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId, reason }: { readonly payoutId: string; readonly reason: string }): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      const payout = await findPayout(tx, payoutId);
      if (payout === undefined) throw payoutErrors.not_found();
      const attempt = (await findAttempts(tx, payoutId)).find((row) => row.status === "succeeded");
      // What Stripe moved, Stripe says when it came back.
      if (attempt?.provider !== "bank_file") throw payoutErrors.wrong_state({ status: payout.status });
      await returnTransfer(deps, tx, { payoutId, attempt: attempt.attempt }, reason);
      const returned = await findPayout(tx, payoutId);
      invariant(returned, "a payout is never deleted");
      return payoutView(returned);
    });
