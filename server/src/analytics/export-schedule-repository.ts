import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import { newId } from "../kernel/id.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";

export type ScheduleRow = {
  readonly id: string;
  readonly partner_id: string | null;
  readonly user_id: string;
  readonly report: string;
  readonly format: string;
  readonly rhythm: string;
  readonly delivery: string;
  readonly created_at: Date;
};

const COLUMNS = ["id", "partner_id", "user_id", "report", "format", "rhythm", "delivery", "created_at"] as const;

/** The base of every read of schedules that run. */
export const selectSchedules = (tx: ReadTx) =>
  tx
    .selectFrom("export_schedules")
    .select(COLUMNS)
    .where("export_schedules.tenant_id", "=", tx.ctx.tenantId)
    .where("export_schedules.ended_at", "is", null);

export const findSchedule = (tx: ReadTx, id: string): Promise<ScheduleRow | undefined> =>
  selectSchedules(tx).where("id", "=", id).executeTakeFirst();

/** How many schedules a partner has, or the team. */
export async function countSchedules(tx: ReadTx, partnerId: string | null): Promise<number> {
  const row = await tx
    .selectFrom("export_schedules")
    .select((eb) => eb.fn.countAll<bigint>().as("count"))
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("ended_at", "is", null)
    .where("partner_id", partnerId === null ? "is" : "=", partnerId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function insertSchedule(tx: Tx, schedule: Omit<ScheduleRow, "id" | "created_at">): Promise<ScheduleRow> {
  return tx
    .insertInto("export_schedules")
    .values({ tenant_id: tx.ctx.tenantId, id: newId(), created_at: tx.ctx.now, ...schedule })
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
}

/** Gives a schedule up; undefined where it does not run, or is not of that owner. */
export function endSchedule(tx: Tx, id: string, partnerId: string | null): Promise<ScheduleRow | undefined> {
  return tx
    .updateTable("export_schedules")
    .set({ ended_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("id", "=", id)
    .where("partner_id", partnerId === null ? "is" : "=", partnerId)
    .where("ended_at", "is", null)
    .returning(COLUMNS)
    .executeTakeFirst();
}

/** Begins a period of a schedule; false where it was begun before: once for each, whoever comes and how often. */
export async function beginRun(
  tx: Tx,
  run: { readonly scheduleId: string; readonly from: CalendarDate; readonly to: CalendarDate },
): Promise<boolean> {
  const begun = await tx
    .insertInto("export_runs")
    .values({
      tenant_id: tx.ctx.tenantId,
      schedule_id: run.scheduleId,
      period_start: run.from,
      period_end: run.to,
      status: "waiting",
      begun_at: tx.ctx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("schedule_id")
    .executeTakeFirst();
  return begun !== undefined;
}

export type RunEnd = "delivered" | "too_large" | "not_delivered";

/** Whether a period's export has still to be made. */
export async function isWaiting(tx: ReadTx, scheduleId: string, from: CalendarDate): Promise<boolean> {
  const row = await tx
    .selectFrom("export_runs")
    .select("status")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("schedule_id", "=", scheduleId)
    .where("period_start", "=", from)
    .executeTakeFirst();
  return row?.status === "waiting";
}

export async function endRun(
  tx: Tx,
  run: { readonly scheduleId: string; readonly from: CalendarDate; readonly status: RunEnd; readonly rows: number },
): Promise<void> {
  await tx
    .updateTable("export_runs")
    .set({ status: run.status, rows: BigInt(run.rows), ended_at: tx.ctx.now })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("schedule_id", "=", run.scheduleId)
    .where("period_start", "=", run.from)
    .where("status", "=", "waiting")
    .execute();
}

export type LastRun = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly status: RunEnd | "waiting";
  readonly rows: bigint | null;
};

/** The newest period of each schedule; schedules without one are left out. */
export async function findLastRuns(tx: ReadTx, scheduleIds: readonly string[]): Promise<Map<string, LastRun>> {
  if (scheduleIds.length === 0) return new Map();
  const { rows } = await sql<LastRun & { id: string }>`
    select distinct on (schedule_id) schedule_id as id, period_start as "from", period_end as "to", status, rows
      from export_runs
     where tenant_id = ${tx.ctx.tenantId}
       and schedule_id = any (${[...scheduleIds]}::uuid[])
     order by schedule_id, period_start desc`.execute(tx);
  return new Map(rows.map(({ id, ...run }) => [id, run]));
}
