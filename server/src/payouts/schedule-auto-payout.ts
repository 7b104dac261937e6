import { type CalendarDate, dateInZone, startOfDay } from "../kernel/calendar.ts";
import { isCurrency } from "../kernel/currency.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { scheduleEvent } from "./payout-events.ts";
import { findSchedules, type ScheduleRow, upsertSchedule } from "./schedule-repository.ts";
import { firstDue, LAST_DAY, type PayoutInterval } from "./schedule-rules.ts";

export type ScheduleInput = {
  readonly every: PayoutInterval;
  /** Of the week or month; the first when not given. */
  readonly day?: number;
  /** Pays when at least this much is available, minor units; the terms' minimum holds in any case. */
  readonly minimum?: number;
};

export type AutoPayoutSettings = ScheduleInput & { readonly currency: string; readonly isEnabled: boolean };

export type AutoPayout = {
  readonly currency: string;
  readonly every: PayoutInterval;
  readonly day: number;
  readonly minimum: bigint | null;
  readonly isEnabled: boolean;
  /** In the programme's time zone. */
  readonly nextDueOn: CalendarDate;
  readonly nextRunAt: Date;
};

/** Has the acting partner paid by itself, on days of its choice. Its own schedule goes before the programme's, switched off too. */
export const scheduleAutoPayout =
  (deps: PayoutDeps) =>
  (ctx: Ctx, settings: AutoPayoutSettings): Promise<AutoPayout> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:payouts:write");
      const partnerId = requirePartner(ctx);
      const { currency, isEnabled } = settings;
      if (!isCurrency(currency)) throw payoutErrors.currency_unknown({ field: "currency", currency });
      const { timeZone } = await deps.programs.getProgram(tx);
      const schedule = { ...newSchedule(settings, dateInZone(ctx.now, timeZone)), partnerId, currency, isEnabled };
      await upsertSchedule(tx, schedule);
      await deps.audit.record(tx, "payout_schedule.changed", {
        targetType: "partner",
        targetId: partnerId,
        after: settings,
      });
      await deps.outbox.publish(tx, [scheduleEvent(schedule)]);
      return viewSchedule(schedule, timeZone);
    });

/** The acting partner's schedules, by currency. */
export const getSchedules =
  (deps: PayoutDeps) =>
  (ctx: Ctx): Promise<{ readonly data: AutoPayout[] }> => {
    requireScope(ctx, "own:payouts:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, async (tx) => {
      const { timeZone } = await deps.programs.getProgram(tx);
      return { data: (await findSchedules(tx, partnerId)).map((schedule) => viewSchedule(schedule, timeZone)) };
    });
  };

/** A schedule that begins to count today. Throws where it cannot be. */
export function newSchedule({ every, day = 1, minimum }: ScheduleInput, today: CalendarDate) {
  if (day < 1 || day > LAST_DAY[every]) throw payoutErrors.schedule_day_invalid({ field: "day", every });
  if (every === "amount" && minimum === undefined) throw payoutErrors.schedule_minimum_missing({ field: "minimum" });
  const nextDueOn = firstDue({ every, day }, today);
  return { every, day, minimum: minimum === undefined ? null : BigInt(minimum), anchorOn: nextDueOn, nextDueOn };
}

const viewSchedule = (schedule: Omit<ScheduleRow, "anchorOn">, timeZone: string): AutoPayout => ({
  currency: schedule.currency,
  every: schedule.every,
  day: schedule.day,
  minimum: schedule.minimum,
  isEnabled: schedule.isEnabled,
  nextDueOn: schedule.nextDueOn,
  nextRunAt: startOfDay(schedule.nextDueOn, timeZone),
});
