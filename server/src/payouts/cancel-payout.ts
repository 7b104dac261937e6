import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findPayout } from "./payout-repository.ts";
import { type PayoutView, payoutView } from "./payout-view.ts";
import { cancelWaiting } from "./settle-transfer.ts";

/** A partner takes its own waiting payout back; what it reserved is available again. */
export const cancelPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:payouts:write");
      const payout = await findPayout(tx, payoutId);
      if (payout?.partner_id !== requirePartner(ctx)) throw payoutErrors.not_found();
      return payoutView(await cancelWaiting(deps, tx, payoutId));
    });

/** The same by an operator, for any partner. */
export const cancelPayoutFor =
  (deps: PayoutDeps) =>
  (ctx: Ctx, { payoutId }: { readonly payoutId: string }): Promise<PayoutView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "payouts:process");
      return payoutView(await cancelWaiting(deps, tx, payoutId));
    });
