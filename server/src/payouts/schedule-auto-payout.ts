import { isCurrency } from "../kernel/currency.ts";
import { type Ctx, requirePartner, requireScope, withoutIdempotency } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { decideReservations, writeReservations } from "./request-payout.ts";
import {
  claimDueSchedules,
  postponeSchedule,
  type ScheduleKey,
  type ScheduleRow,
  upsertSchedule,
} from "./schedule-repository.ts";
import { backOffMs, nextRun, type PayoutInterval } from "./schedule-rules.ts";

export type AutoPayoutSettings = {
  readonly currency: string;
  readonly every: PayoutInterval;
  /** Pays when at least this much is available, minor units; the terms' minimum holds in any case. */
  readonly minimum?: number;
  readonly isEnabled: boolean;
};

export type AutoPayout = AutoPayoutSettings & { readonly nextRunAt: Date };

/** Has the acting partner paid by itself, week by week or month by month. */
export const scheduleAutoPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, settings: AutoPayoutSettings): Promise<AutoPayout> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:payouts:write");
      const partnerId = requirePartner(ctx);
      if (!isCurrency(settings.currency)) throw payoutErrors.currency_unknown({ currency: settings.currency });
      const nextRunAt = nextRun(settings.every, ctx.now);
      await upsertSchedule(tx, partnerId, settings, nextRunAt);
      await deps.audit.record(tx, "payout_schedule.changed", {
        targetType: "partner",
        targetId: partnerId,
        after: settings,
      });
      return { ...settings, nextRunAt };
    });

/** Schedules that one wake runs; more wait for the next. */
const RUN_MAX = 500;
/** Of which so many are run in one transaction: short locks, and as many payouts in a few statements. */
const RUN_TOGETHER_MAX = 50;

/**
 * Runs the schedules that are due: each asks for a payout of its own; what cannot be paid now is asked again next time. One that fails does
 * not keep the others from their money: it is due again after a while, and what went wrong is thrown at the end.
 */
export const runDueSchedules =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<{ readonly requested: number }> => {
    const inner = withoutIdempotency(ctx);
    const failed: ScheduleKey[] = [];
    const failures: unknown[] = [];
    /** Says what was claimed also where it failed, and was therefore not claimed. */
    const run = async (among?: readonly ScheduleKey[]) => {
      let claimed: readonly ScheduleRow[] = [];
      try {
        const requested = await deps.db.transaction(inner, async (tx) => {
          claimed = await claimDueSchedules(tx, {
            limit: RUN_TOGETHER_MAX,
            among,
            except: failed,
            movedTo: nextRuns(tx.ctx.now),
          });
          return runSchedules(deps, tx, claimed);
        });
        return { claimed, requested };
      } catch (failure) {
        return { claimed, requested: 0, failure };
      }
    };
    let requested = 0;
    let ran = 0;
    while (ran < RUN_MAX) {
      const together = await run();
      if (together.claimed.length === 0) {
        if (together.failure !== undefined) throw together.failure;
        break;
      }
      requested += together.requested;
      ran += together.claimed.length;
      if (together.failure === undefined) continue;
      // Somebody among them fails, and nothing of it was written: each by itself, so that it is that one alone.
      for (const schedule of together.claimed) {
        const alone = await run([schedule]);
        requested += alone.requested;
        if (alone.failure === undefined) continue;
        failed.push(schedule);
        failures.push(alone.failure);
        // What fails again and again would otherwise be claimed first each time, before those who can be paid.
        await deps.db
          .transaction(inner, (tx) => postponeSchedule(tx, schedule, backOffMs))
          .catch((error: unknown) => {
            failures.push(error);
          });
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failed.length} of ${ran} schedules failed`);
    return { requested };
  };

const nextRuns = (after: Date) => ({
  week: nextRun("week", after),
  fortnight: nextRun("fortnight", after),
  month: nextRun("month", after),
});

/** A refusal by the rules (below the minimum, account unfinished) is no failure of a schedule; nothing is written for it. */
async function runSchedules(deps: PayoutDeps, tx: Tx, claimed: readonly ScheduleRow[]): Promise<number> {
  const decided = await decideReservations(
    deps,
    tx,
    claimed.map(({ partnerId, currency }) => ({ partnerId, currency, requested: undefined, isOperator: false })),
  );
  const allowed = decided.flatMap(({ wanted, decision, method }, index) =>
    decision.allowed && method !== undefined && decision.amount >= (claimed[index]?.minimum ?? 0n)
      ? [{ wanted, decision, method }]
      : [],
  );
  return (await writeReservations(deps, tx, allowed)).length;
}
