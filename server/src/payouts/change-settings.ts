import { requireRecentProof } from "../identity/index.ts";
import { type CalendarDate, dateInZone } from "../kernel/calendar.ts";
import { isCurrency } from "../kernel/currency.ts";
import { fractionFromPpm, ppmFromFraction } from "../kernel/rate.ts";
import { type Ctx, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { currencySettingsEvent, settingsEvent } from "./payout-events.ts";
import { newSchedule, type ScheduleInput } from "./schedule-auto-payout.ts";
import type { PayoutInterval } from "./schedule-rules.ts";
import {
  type CurrencySettings,
  type FeeBearer,
  findCurrencySettings,
  findSettings,
  lockSettings,
  type PayoutSettings,
  type ProgramSchedule,
  updateSettings,
  upsertCurrencySettings,
} from "./settings-repository.ts";

export type CurrencySettingsInput = {
  readonly currency: string;
  /** Minor units; null: no second person is needed. */
  readonly approvalAbove: number | null;
  readonly feeBorneBy: FeeBearer;
  readonly feeFixed: number;
  /** A decimal fraction of the gross amount. */
  readonly feeRate: number;
  readonly schedule: ScheduleInput | null;
};

export type PayoutSettingsView = PayoutSettings & {
  /** Currencies in which partners have something that can be paid or is on its way. */
  readonly owedIn: string[];
  readonly currencies: {
    readonly currency: string;
    readonly approvalAbove: bigint | null;
    readonly feeBorneBy: FeeBearer;
    readonly feeFixed: bigint;
    readonly feeRate: number;
    readonly schedule: {
      readonly every: PayoutInterval;
      readonly day: number;
      readonly minimum: bigint | null;
      readonly nextDueOn: CalendarDate;
    } | null;
  }[];
};

/** How the programme pays. */
export const getPayoutSettings =
  (deps: PayoutDeps) =>
  (ctx: Ctx): Promise<PayoutSettingsView> => {
    requireScope(ctx, "payouts:read");
    return deps.db.read(ctx, (tx) => settingsView(deps, tx));
  };

/** Changes what is given of it. Throws `auth.step_up_required`. */
export const changePayoutSettings =
  (deps: PayoutDeps) =>
  (ctx: Ctx, change: Partial<PayoutSettings>): Promise<PayoutSettingsView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireChange(ctx);
      const before = await lockSettings(tx);
      const after = { ...before, ...change };
      await updateSettings(tx, after);
      await deps.audit.record(tx, "payout_settings.changed", { targetType: "program", targetId: null, before, after });
      await deps.outbox.publish(tx, [settingsEvent(ctx.tenantId, after)]);
      return settingsView(deps, tx);
    });

/** Sets how the programme pays in one currency: the limit above which two people are needed, fees, the schedule. Throws `auth.step_up_required`. */
export const changeCurrencySettings =
  (deps: PayoutDeps) =>
  (ctx: Ctx, input: CurrencySettingsInput): Promise<PayoutSettingsView> =>
    deps.db.transaction(ctx, async (tx) => {
      requireChange(ctx);
      const { currency } = input;
      if (!isCurrency(currency)) throw payoutErrors.currency_unknown({ field: "currency", currency });
      const before = (await findCurrencySettings(tx)).get(currency);
      const after: CurrencySettings = {
        currency,
        approvalAbove: input.approvalAbove === null ? null : BigInt(input.approvalAbove),
        feeBorneBy: input.feeBorneBy,
        feeFixed: BigInt(input.feeFixed),
        feePpm: ratePpm(input.feeRate),
        schedule: await scheduleOf(deps, tx, input.schedule, before?.schedule ?? null),
      };
      await upsertCurrencySettings(tx, after);
      await deps.audit.record(tx, "payout_settings.changed", {
        targetType: "program",
        targetId: null,
        ...(before && { before }),
        after,
      });
      await deps.outbox.publish(tx, [currencySettingsEvent(ctx.tenantId, after)]);
      return settingsView(deps, tx);
    });

/** Who sets what holds money back: a session that was left open must not lift the limit and the waiting before money leaves. */
function requireChange(ctx: Ctx): void {
  requireScope(ctx, "program:write");
  requireRecentProof(ctx);
}

/** A schedule that stays what it is keeps its due day: it is not put off by whoever changes a fee. */
async function scheduleOf(
  deps: PayoutDeps,
  tx: ReadTx,
  wanted: ScheduleInput | null,
  before: ProgramSchedule | null,
): Promise<ProgramSchedule | null> {
  if (wanted === null) return null;
  const { timeZone } = await deps.programs.getProgram(tx);
  const made = newSchedule(wanted, dateInZone(tx.ctx.now, timeZone));
  const isKept = before?.every === made.every && before.day === made.day;
  return isKept ? { ...before, minimum: made.minimum } : made;
}

function ratePpm(feeRate: number): bigint {
  try {
    return ppmFromFraction(feeRate);
  } catch (error) {
    throw payoutErrors.fee_rate_invalid({ field: "feeRate" }, error);
  }
}

async function settingsView(deps: PayoutDeps, tx: ReadTx): Promise<PayoutSettingsView> {
  const [settings, currencies] = [await findSettings(tx), await findCurrencySettings(tx)];
  return {
    ...settings,
    owedIn: await deps.ledger.currenciesOwed(tx),
    currencies: [...currencies.values()].map(({ feePpm, schedule, ...rest }) => ({
      ...rest,
      feeRate: fractionFromPpm(feePpm),
      schedule: schedule && {
        every: schedule.every,
        day: schedule.day,
        minimum: schedule.minimum,
        nextDueOn: schedule.nextDueOn,
      },
    })),
  };
}
