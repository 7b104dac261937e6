import { DAY_MS } from "../kernel/clock.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { findTransferred } from "./attempt-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findPayoutIds } from "./payout-repository.ts";
import { compareTransfers, type TransferDifference } from "./reconcile-rules.ts";
import type { MadeTransfer } from "./transfer-provider.ts";

export type Reconciliation = {
  readonly from: Date;
  readonly to: Date;
  /** Transfers that both sides were compared on. */
  readonly here: number;
  readonly atProvider: number;
  readonly differences: TransferDifference[];
};

/** Both clocks may differ, and an answer may have been learned long after its transfer: the other side is looked for in a wider period. */
const SLACK_MS = 3 * DAY_MS;
const COMPARED_MAX = 10_000;

/** Compares what the books say was transferred with what Stripe says, both ways, for a period. Changes nothing. */
export const reconcilePayouts =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, input: { readonly from: string; readonly to: string }): Promise<Reconciliation> => {
    requireScope(ctx, "payouts:read");
    const [from, to] = [new Date(input.from), new Date(input.to)];
    const provider = deps.providers.stripe_connect;
    if (provider?.list === undefined) throw payoutErrors.method_unavailable({ kind: "stripe_connect" });
    const [fromWide, toWide] = [new Date(from.getTime() - SLACK_MS), new Date(to.getTime() + SLACK_MS)];
    const listed = await provider.list({ from: fromWide, to: toWide }).catch((error: unknown) => {
      throw payoutErrors.provider_unavailable({}, error);
    });
    const { here, known } = await deps.db.read(ctx, async (tx) => ({
      here: await findTransferred(tx, { provider: provider.name, from: fromWide, to: toWide, limit: COMPARED_MAX }),
      // Other tenants may use the same account at Stripe: their transfers are not ours to judge.
      known: await findPayoutIds(
        tx,
        listed.map(({ payoutId }) => payoutId),
      ),
    }));
    const theirs = listed.filter(({ payoutId }) => known.has(payoutId));
    const isWithin = (instant: Date | null): boolean => instant !== null && instant >= from && instant < to;
    return {
      from,
      to,
      here: here.filter((row) => isWithin(row.first_sent_at)).length,
      atProvider: theirs.filter(({ madeAt }: MadeTransfer) => isWithin(madeAt)).length,
      differences: compareTransfers({ here, theirs, isWithin }),
    };
  };
