import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { PayoutInterval, ScheduleRule } from "./schedule-rules.ts";

export type PayoutSettings = {
  readonly coolingOffHours: number;
  readonly approvalExpiresHours: number;
  readonly releasesScheduled: boolean;
};

/** What holds where nothing was set. */
const DEFAULTS: PayoutSettings = { coolingOffHours: 72, approvalExpiresHours: 168, releasesScheduled: false };

/** How the programme pays. */
export async function findSettings(tx: ReadTx): Promise<PayoutSettings> {
  const row = await tx
    .selectFrom("payout_settings")
    .select(["cooling_off_hours", "approval_expires_hours", "releases_scheduled"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  if (row === undefined) return DEFAULTS;
  return {
    coolingOffHours: row.cooling_off_hours,
    approvalExpiresHours: row.approval_expires_hours,
    releasesScheduled: row.releases_scheduled,
  };
}

/** The same, locked: of two who change it at once the second reads what the first has written. */
export async function lockSettings(tx: Tx): Promise<PayoutSettings> {
  const { tenantId: tenant_id, now: updated_at } = tx.ctx;
  // A row that is not there cannot be locked.
  await tx
    .insertInto("payout_settings")
    .values({ tenant_id, ...columnsOf(DEFAULTS), updated_at })
    .onConflict((conflict) => conflict.column("tenant_id").doNothing())
    .execute();
  await tx.selectFrom("payout_settings").select("tenant_id").where("tenant_id", "=", tenant_id).forUpdate().execute();
  return findSettings(tx);
}

export async function updateSettings(tx: Tx, settings: PayoutSettings): Promise<void> {
  await tx
    .updateTable("payout_settings")
    .set({ ...columnsOf(settings), updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .execute();
}

const columnsOf = (settings: PayoutSettings) => ({
  cooling_off_hours: settings.coolingOffHours,
  approval_expires_hours: settings.approvalExpiresHours,
  releases_scheduled: settings.releasesScheduled,
});

export type FeeBearer = "programme" | "partner";

/** A schedule of the programme in one currency. */
export type ProgramSchedule = ScheduleRule & { readonly minimum: bigint | null; readonly nextDueOn: CalendarDate };

export type CurrencySettings = {
  readonly currency: string;
  readonly approvalAbove: bigint | null;
  readonly feeBorneBy: FeeBearer;
  readonly feeFixed: bigint;
  readonly feePpm: bigint;
  readonly schedule: ProgramSchedule | null;
};

type CurrencyRow = {
  readonly currency: string;
  readonly approval_above: bigint | null;
  readonly fee_borne_by: string;
  readonly fee_fixed: bigint;
  readonly fee_ppm: bigint;
  readonly every: string | null;
  readonly day: number | null;
  readonly minimum: bigint | null;
  readonly anchor_on: string | null;
  readonly next_due_on: string | null;
};

const CURRENCY_COLUMNS = [
  "currency",
  "approval_above",
  "fee_borne_by",
  "fee_fixed",
  "fee_ppm",
  "every",
  "day",
  "minimum",
  "anchor_on",
  "next_due_on",
] as const;

/** The checks of the table make the casts true; the parts of a schedule are there together, or none is. */
const settingsOf = (row: CurrencyRow): CurrencySettings => ({
  currency: row.currency,
  approvalAbove: row.approval_above,
  feeBorneBy: row.fee_borne_by as FeeBearer,
  feeFixed: row.fee_fixed,
  feePpm: row.fee_ppm,
  schedule:
    row.every === null
      ? null
      : {
          every: row.every as PayoutInterval,
          day: row.day ?? 1,
          minimum: row.minimum,
          anchorOn: row.anchor_on ?? "",
          nextDueOn: row.next_due_on ?? "",
        },
});

const selectCurrencies = (tx: ReadTx) =>
  tx.selectFrom("payout_currency_settings").select(CURRENCY_COLUMNS).where("tenant_id", "=", tx.ctx.tenantId);

/** What is set for currencies, by currency; one for which nothing is set is left out. */
export async function findCurrencySettings(tx: ReadTx): Promise<ReadonlyMap<string, CurrencySettings>> {
  const rows = await selectCurrencies(tx).orderBy("currency").execute();
  return new Map(rows.map((row) => [row.currency, settingsOf(row)]));
}

/** The limit of a currency above which two people are needed; null where there is none. */
export async function approvalAbove(tx: ReadTx, currency: string): Promise<bigint | null> {
  const row = await selectCurrencies(tx).where("currency", "=", currency).executeTakeFirst();
  return row?.approval_above ?? null;
}

/** The limits above which two people are needed, by currency, locked: of two who release at once the second counts what the first let go. */
export async function lockLimits(tx: Tx, currencies: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const rows = await selectCurrencies(tx)
    .where("currency", "=", sql<string>`any (${[...currencies]}::text[])`)
    .where("approval_above", "is not", null)
    .orderBy("currency")
    .forUpdate()
    .execute();
  return new Map(rows.map((row) => [row.currency, row.approval_above ?? 0n]));
}

export async function upsertCurrencySettings(tx: Tx, settings: CurrencySettings): Promise<void> {
  const { schedule } = settings;
  const values = {
    approval_above: settings.approvalAbove,
    fee_borne_by: settings.feeBorneBy,
    fee_fixed: settings.feeFixed,
    fee_ppm: settings.feePpm,
    every: schedule?.every ?? null,
    day: schedule?.day ?? null,
    minimum: schedule?.minimum ?? null,
    anchor_on: schedule?.anchorOn ?? null,
    next_due_on: schedule?.nextDueOn ?? null,
    updated_at: tx.ctx.now,
  };
  await tx
    .insertInto("payout_currency_settings")
    .values({ tenant_id: tx.ctx.tenantId, currency: settings.currency, ...values })
    .onConflict((conflict) => conflict.columns(["tenant_id", "currency"]).doUpdateSet(values))
    .execute();
}

/** Moves the programme's schedule in a currency to its next due day, unless somebody has moved it. */
export async function moveProgramSchedule(
  tx: Tx,
  currency: string,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<void> {
  await tx
    .updateTable("payout_currency_settings")
    .set({ next_due_on: to, updated_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("currency", "=", currency)
    .where("next_due_on", "=", from)
    .execute();
}
