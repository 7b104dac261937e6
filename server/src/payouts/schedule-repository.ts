import { sql } from "kysely";
import type { CalendarDate } from "../kernel/calendar.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { BACK_OFF_MAX_MS, type ScheduleRule } from "./schedule-rules.ts";

export type ScheduleRow = ScheduleRule & {
  readonly partnerId: string;
  readonly currency: string;
  readonly minimum: bigint | null;
  readonly isEnabled: boolean;
  readonly nextDueOn: CalendarDate;
};

const COLUMNS = sql`s.partner_id as "partnerId", s.currency, s.every, s.day, s.minimum, s.is_enabled as "isEnabled",
  s.anchor_on as "anchorOn", s.next_due_on as "nextDueOn"`;

export async function upsertSchedule(tx: Tx, schedule: ScheduleRow): Promise<void> {
  const values = {
    every: schedule.every,
    day: schedule.day,
    minimum: schedule.minimum,
    is_enabled: schedule.isEnabled,
    anchor_on: schedule.anchorOn,
    next_due_on: schedule.nextDueOn,
    failures: 0,
    retry_at: null,
    updated_at: tx.ctx.now,
  };
  await tx
    .insertInto("payout_schedules")
    .values({
      tenant_id: tx.ctx.tenantId,
      partner_id: schedule.partnerId,
      currency: schedule.currency,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id", "currency"]).doUpdateSet(values))
    .execute();
}

/** A partner's own schedules, by currency. */
export async function findSchedules(tx: ReadTx, partnerId: string): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`
    select ${COLUMNS}
      from payout_schedules s
     where s.tenant_id = ${tx.ctx.tenantId} and s.partner_id = ${partnerId}
     order by s.currency`.execute(tx);
  return rows;
}

export type ScheduleKey = Pick<ScheduleRow, "partnerId" | "currency">;

const unnested = (schedules: readonly ScheduleKey[]) => sql`
  select * from unnest(${schedules.map((row) => row.partnerId)}::uuid[], ${schedules.map((row) => row.currency)}::text[])`;

/**
 * Schedules that are due, those that have waited longest first, locked (one that has failed is due when its back-off is over): what another worker has taken at this moment is left to that one, so that
 * several at once share the work.
 */
export async function takeDueSchedules(
  tx: Tx,
  of: {
    readonly today: CalendarDate;
    readonly limit: number;
    /** Of these alone, if given. */
    readonly among: readonly ScheduleKey[] | undefined;
    readonly except: readonly ScheduleKey[];
  },
): Promise<ScheduleRow[]> {
  const { among, except } = of;
  const { rows } = await sql<ScheduleRow>`
    select ${COLUMNS}
      from payout_schedules s
     where s.tenant_id = ${tx.ctx.tenantId}
       and s.is_enabled
       and s.next_due_on <= ${of.today}::date
       and (s.retry_at is null or s.retry_at <= ${tx.ctx.now} or s.retry_at > ${new Date(tx.ctx.now.getTime() + BACK_OFF_MAX_MS)})
       ${among === undefined ? sql`` : sql`and (s.partner_id, s.currency) in (${unnested(among)})`}
       ${except.length === 0 ? sql`` : sql`and (s.partner_id, s.currency) not in (${unnested(except)})`}
     order by s.next_due_on, s.partner_id, s.currency
     limit ${of.limit}
       for update skip locked`.execute(tx);
  return rows;
}

/** Schedules whose next day is after `day`, locked. */
export async function takeSchedulesAfter(tx: Tx, day: CalendarDate, limit: number): Promise<ScheduleRow[]> {
  const { rows } = await sql<ScheduleRow>`
    select ${COLUMNS}
      from payout_schedules s
     where s.tenant_id = ${tx.ctx.tenantId}
       and s.next_due_on > ${day}::date
     order by s.next_due_on, s.partner_id, s.currency
     limit ${limit}
       for update skip locked`.execute(tx);
  return rows;
}

/** Moves schedules that went well to their next due day. */
export async function moveSchedules(
  tx: Tx,
  moves: readonly (ScheduleKey & { readonly nextDueOn: CalendarDate })[],
): Promise<void> {
  await sql`
    update payout_schedules s
       set next_due_on = m.next_due_on, failures = 0, retry_at = null, updated_at = ${tx.ctx.now}
      from unnest(
        ${moves.map((row) => row.partnerId)}::uuid[],
        ${moves.map((row) => row.currency)}::text[],
        ${moves.map((row) => row.nextDueOn)}::date[]
      ) as m (partner_id, currency, next_due_on)
     where s.tenant_id = ${tx.ctx.tenantId} and (s.partner_id, s.currency) = (m.partner_id, m.currency)`.execute(tx);
}

/** Lets a schedule that has failed wait before it is due again. */
export async function postponeSchedule(
  tx: Tx,
  { partnerId, currency }: ScheduleKey,
  waitMs: (failures: number) => number,
): Promise<void> {
  const ofSchedule = tx
    .updateTable("payout_schedules")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .where("partner_id", "=", partnerId)
    .where("currency", "=", currency);
  const row = await ofSchedule
    .set((eb) => ({ failures: eb("failures", "+", 1) }))
    .returning("failures")
    .executeTakeFirst();
  if (row === undefined) return;
  await ofSchedule.set({ retry_at: new Date(tx.ctx.now.getTime() + waitMs(row.failures)) }).execute();
}

/** Which of the partners have a schedule of their own in a currency, switched on or off: the programme's is not theirs. */
export async function findOwnScheduled(
  tx: ReadTx,
  currency: string,
  partnerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ partner_id: string }>`
    select partner_id
      from payout_schedules
     where tenant_id = ${tx.ctx.tenantId} and currency = ${currency} and partner_id = any (${[...partnerIds]}::uuid[])`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.partner_id));
}

export type DueAccount = ScheduleKey & { readonly dueOn: CalendarDate };

export const dueKey = ({ partnerId, currency }: ScheduleKey): string => `${partnerId}:${currency}`;

/** Of due days those on which an account has been paid already, as keys. The caller has locked the accounts. */
export async function findRuns(tx: ReadTx, due: readonly DueAccount[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<ScheduleKey>`
    select r.partner_id as "partnerId", r.currency
      from payout_schedule_runs r
      join unnest(
        ${due.map((row) => row.partnerId)}::uuid[], ${due.map((row) => row.currency)}::text[], ${due.map((row) => row.dueOn)}::date[]
      ) as d (partner_id, currency, due_on) on (d.partner_id, d.currency, d.due_on) = (r.partner_id, r.currency, r.due_on)
     where r.tenant_id = ${tx.ctx.tenantId}`.execute(tx);
  return new Set(rows.map(dueKey));
}

/** Writes down which payouts due days have led to; the key of the table refuses a second of one day. */
export async function insertRuns(tx: Tx, runs: readonly (DueAccount & { readonly payoutId: string })[]): Promise<void> {
  await sql`
    insert into payout_schedule_runs (tenant_id, partner_id, currency, due_on, payout_id, ran_at)
    select ${tx.ctx.tenantId}, r.partner_id, r.currency, r.due_on, r.payout_id, ${tx.ctx.now}
      from unnest(
        ${runs.map((row) => row.partnerId)}::uuid[],
        ${runs.map((row) => row.currency)}::text[],
        ${runs.map((row) => row.dueOn)}::date[],
        ${runs.map((row) => row.payoutId)}::uuid[]
      ) as r (partner_id, currency, due_on, payout_id)`.execute(tx);
}
