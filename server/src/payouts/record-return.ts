import type { Ctx } from "../platform/context.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import type { OperatorPayout } from "./payout-view.ts";
import { settlePayout } from "./settle-by-hand.ts";

/** The bank has returned a payout that was made by hand: the amount is the partner's balance again. */
export const recordReturn =
  (deps: PayoutDeps) =>
  (
    ctx: Ctx,
    input: { readonly payoutId: string; readonly reason: string; readonly reference?: string },
  ): Promise<OperatorPayout> =>
    settlePayout(deps)(ctx, { ...input, outcome: "returned" });
