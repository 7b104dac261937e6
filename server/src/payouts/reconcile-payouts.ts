import { DAY_MS } from "../kernel/clock.ts";
import { CatalogueError } from "../kernel/errors.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import { findOwnMode } from "../tenants/index.ts";
import { findOpenAttempts, findTransferred } from "./attempt-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { type MissedPeriod, tellReconciled } from "./payout-notices.ts";
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

/** An attempt that was sent again was made later than it was first sent: the other side is looked for in a wider period. */
const SLACK_MS = 3 * DAY_MS;
const COMPARED_MAX = 30_000;
/** What the daily comparison looks at: a difference is seen again on the next days, until somebody has settled it. */
const DAILY_DAYS = 7;
/** What happened a moment ago may be known on one side alone. */
const RECENT_MS = 3_600_000;

/** Compares what the books say was transferred with what Stripe says, both ways, for a period. Changes nothing. */
export const reconcilePayouts =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, input: { readonly from: string; readonly to: string }): Promise<Reconciliation> => {
    requireScope(ctx, "payouts:read");
    const [from, to] = [new Date(input.from), new Date(input.to)];
    const provider = deps.providers.stripe_connect;
    // A twin has nothing at Stripe, and asks it nothing.
    const isTest = (await deps.db.read(ctx, findOwnMode)) === "test";
    if (provider?.list === undefined || isTest) throw payoutErrors.method_unavailable({ kind: "stripe_connect" });
    const [fromWide, toWide] = [new Date(from.getTime() - SLACK_MS), new Date(to.getTime() + SLACK_MS)];
    const { made: listed, isWhole } = await provider.list({ from: fromWide, to: toWide }).catch((error: unknown) => {
      throw payoutErrors.provider_unavailable({}, error);
    });
    const { here, known, open } = await deps.db.read(ctx, async (tx) => ({
      here: await findTransferred(tx, {
        provider: provider.name,
        from: fromWide,
        to: toWide,
        // A clock that was wrong as a transfer was sent makes nobody believe that money has left twice.
        transferIds: listed.map(({ transferId }) => transferId),
        limit: COMPARED_MAX + 1,
      }),
      open: await findOpenAttempts(
        tx,
        listed.map(({ payoutId }) => payoutId),
      ),
      // Other tenants may use the same account at Stripe: their transfers are not ours to judge.
      known: await findPayoutIds(
        tx,
        listed.map(({ payoutId }) => payoutId),
      ),
    }));
    // Half a list would be full of differences that there are not.
    if (here.length > COMPARED_MAX || !isWhole) throw payoutErrors.period_too_long({ field: "to" });
    const theirs = listed.filter(({ payoutId }) => known.has(payoutId));
    const isWithin = (instant: Date | null): boolean => instant !== null && instant >= from && instant < to;
    return {
      from,
      to,
      here: here.filter((row) => isWithin(row.first_sent_at)).length,
      atProvider: theirs.filter(({ madeAt }: MadeTransfer) => isWithin(madeAt)).length,
      differences: compareTransfers({
        here,
        theirs,
        isWithin,
        isOpen: ({ payoutId, attempt }) => open.has(`${payoutId}:${attempt}`),
      }),
    };
  };

/**
 * Compares the last days by itself, and says aloud and by mail where they differ, and by mail what could not be compared. Nothing where Stripe
 * is not used.
 */
export const reconcileDaily =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly differences: number }> => {
    if (deps.providers.stripe_connect?.list === undefined) return { differences: 0 };
    const { from, to } = periodOf(ctx, DAILY_DAYS, 0);
    const { differences, missed } = await compareDaily(deps, ctx);
    if (differences.length === 0 && missed.length === 0) return { differences: 0 };
    await deps.db.transaction(ctx, async (tx) => {
      await tellReconciled(deps, tx, { from, to, differences: differences.length, missed });
      if (differences.length === 0) return;
      await deps.audit.record(tx, "payouts.reconciled", {
        targetType: "payout",
        targetId: null,
        after: { from, to, differences },
      });
      await deps.outbox.publish(
        tx,
        differences.map((difference) => ({
          type: "payout.reconciliation_differed",
          objectType: "payout",
          objectId: difference.payoutId,
          data: difference,
        })),
      );
    });
    return { differences: differences.length };
  };

const periodOf = (ctx: Ctx, fromDay: number, toDay: number): { readonly from: string; readonly to: string } => {
  const before = (days: number): string => new Date(ctx.now.getTime() - RECENT_MS - days * DAY_MS).toISOString();
  return { from: before(fromDay), to: before(toDay) };
};

/** All days at once; each by itself where they are too many transfers together. */
async function compareDaily(
  deps: PayoutDeps,
  ctx: Ctx,
): Promise<{ readonly differences: TransferDifference[]; readonly missed: MissedPeriod[] }> {
  const compare = async (fromDay: number, toDay: number) => {
    const period = periodOf(ctx, fromDay, toDay);
    try {
      return { differences: (await reconcilePayouts(deps)(ctx, period)).differences, missed: [] };
    } catch (error) {
      // What has a name is told; anything else is a fault, and fails the job.
      if (!(error instanceof CatalogueError)) throw error;
      return { differences: [], missed: [{ ...period, code: error.code }] };
    }
  };
  const whole = await compare(DAILY_DAYS, 0);
  if (!whole.missed.some(({ code }) => code === "payout.period_too_long")) return whole;
  const differences: TransferDifference[] = [];
  const missed: MissedPeriod[] = [];
  for (let day = DAILY_DAYS; day > 0; day -= 1) {
    const one = await compare(day, day - 1);
    differences.push(...one.differences);
    missed.push(...one.missed);
  }
  return { differences, missed };
}
