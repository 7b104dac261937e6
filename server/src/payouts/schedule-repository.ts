import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import type { PayoutInterval } from "./schedule-rules.ts";

export type ScheduleRow = {
  readonly partnerId: string;
  readonly currency: string;
  readonly minimum: bigint | null;
};

export async function upsertSchedule(
  tx: Tx,
  partnerId: string,
  settings: {
    readonly currency: string;
    readonly every: PayoutInterval;
    readonly minimum?: number;
    readonly isEnabled: boolean;
  },
  nextRunAt: Date,
): Promise<void> {
  const values = {
    every: settings.every,
    minimum: settings.minimum === undefined ? null : BigInt(settings.minimum),
    is_enabled: settings.isEnabled,
    next_run_at: nextRunAt,
    failures: 0,
    retry_at: null,
    updated_at: tx.ctx.now,
  };
  await tx
    .insertInto("payout_schedules")
    .values({ tenant_id: tx.ctx.tenantId, partner_id: partnerId, currency: settings.currency, ...values })
    .onConflict((conflict) => conflict.columns(["tenant_id", "partner_id", "currency"]).doUpdateSet(values))
    .execute();
}

export type ScheduleKey = Pick<ScheduleRow, "partnerId" | "currency">;

/**
 * Claims schedules that are due, those that have waited longest first (one that has failed is due when its back-off is over), by moving each to its next date: what another worker has claimed, or is
 * claiming at this moment, is left to that one, so that several at once share the work.
 */
export async function claimDueSchedules(
  tx: Tx,
  claim: {
    readonly limit: number;
    /** Of these alone, if given. */
    readonly among: readonly ScheduleKey[] | undefined;
    readonly except: readonly ScheduleKey[];
    readonly movedTo: Readonly<Record<PayoutInterval, Date>>;
  },
): Promise<ScheduleRow[]> {
  const { tenantId, now } = tx.ctx;
  const { among, except } = claim;
  const keys = (schedules: readonly ScheduleKey[]) => sql`
    select * from unnest(${schedules.map((row) => row.partnerId)}::uuid[], ${schedules.map((row) => row.currency)}::text[])`;
  const intervals = Object.entries(claim.movedTo);
  const { rows } = await sql<ScheduleRow>`
    with due as (
      select s.partner_id, s.currency
        from payout_schedules s
       where s.tenant_id = ${tenantId}
         and s.is_enabled
         and coalesce(s.retry_at, s.next_run_at) <= ${now}
         ${among === undefined ? sql`` : sql`and (s.partner_id, s.currency) in (${keys(among)})`}
         ${except.length === 0 ? sql`` : sql`and (s.partner_id, s.currency) not in (${keys(except)})`}
       order by coalesce(s.retry_at, s.next_run_at)
       limit ${claim.limit}
         for update skip locked
    )
    update payout_schedules s
       set next_run_at = moved.at, failures = 0, retry_at = null, updated_at = ${now}
      from due,
           unnest(${intervals.map(([every]) => every)}::text[], ${intervals.map(([, at]) => at)}::timestamptz[]) as moved (every, at)
     where s.tenant_id = ${tenantId}
       and (s.partner_id, s.currency) = (due.partner_id, due.currency)
       and s.every = moved.every
    returning s.partner_id as "partnerId", s.currency, s.minimum`.execute(tx);
  return rows;
}

/** Lets a schedule that has failed wait before it is due again, and says how often in a row it has failed. */
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
