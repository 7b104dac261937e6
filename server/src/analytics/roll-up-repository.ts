import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** The tables that figures come from. */
export type Source = "clicks" | "referrals" | "transactions" | "commissions";

/**
 * How much of a batch a partner is that was marked as a whole: so many of its days are marked in its stead. One that has more makes its
 * transaction longer, in proportion to its own rows and to nobody else's.
 */
const WEIGHT_OF_PARTNER = 250;

/** A day of a partner, in the programme's time zone. */
export type Cell = { readonly partnerId: string; readonly day: string };

/** How days are cut and where counts stand. */
export type Frame = { readonly timeZone: string; readonly currency: string };

type Progress = Frame & { readonly rolledUpTo: Date | null };

/** Cells as a relation `cell (partner_id, metric_date)`. */
export const cellRelation = (cells: readonly Cell[]) => sql`
  unnest(${cells.map((cell) => cell.partnerId)}::uuid[], ${cells.map((cell) => cell.day)}::date[]) as cell (partner_id, metric_date)`;

/** Days are equal to dates; ranges only narrow what an index reads, wide enough for a clock that is set back at midnight. */
export const DAY_MARGIN = sql.raw("interval '3 hours'");

/** How far the roll-ups reach; undefined before the first. */
export async function findProgress(tx: ReadTx): Promise<Progress | undefined> {
  const row = await tx
    .selectFrom("analytics_progress")
    .select(["rolled_up_to", "time_zone", "currency"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .executeTakeFirst();
  return row && { rolledUpTo: row.rolled_up_to, timeZone: row.time_zone, currency: row.currency };
}

/**
 * Opens the tenant's progress where there is none, and locks it: two roll-ups of one tenant follow each other, so that the later of two
 * computations of a day is also the one that stays.
 */
export async function lockProgress(tx: Tx, frame: Frame): Promise<Frame> {
  await tx
    .insertInto("analytics_progress")
    .values({ tenant_id: tx.ctx.tenantId, time_zone: frame.timeZone, currency: frame.currency, rolled_up_to: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom("analytics_progress")
    .select(["time_zone", "currency"])
    .where("tenant_id", "=", tx.ctx.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { timeZone: row.time_zone, currency: row.currency };
}

/** Says how far the roll-ups reach now. */
export async function saveProgress(tx: Tx, progress: Frame & { readonly rolledUpTo?: Date }): Promise<void> {
  await tx
    .updateTable("analytics_progress")
    .set({
      time_zone: progress.timeZone,
      currency: progress.currency,
      ...(progress.rolledUpTo === undefined ? {} : { rolled_up_to: progress.rolledUpTo }),
    })
    .where("tenant_id", "=", tx.ctx.tenantId)
    .execute();
}

/** Whether anything waits to be rolled up. */
export async function isAnythingTouched(tx: ReadTx): Promise<boolean> {
  const row = await tx
    .selectFrom("analytics_touched")
    .select("id")
    .where("tenant_id", "=", tx.ctx.tenantId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes the oldest marks and returns the days that they touch, by source, the partners that were marked as a whole, and whether any mark is
 * left. The statements that follow see at least what these marks report: a mark is visible only together with its change, and their snapshots
 * are later.
 */
export async function takeTouched(
  tx: Tx,
  { timeZone, limit }: { readonly timeZone: string; readonly limit: number },
): Promise<{
  readonly taken: number;
  readonly isRestLeft: boolean;
  readonly cells: ReadonlyMap<Source, readonly Cell[]>;
  readonly wholePartners: readonly string[];
}> {
  // A range of the key, so that the plan is good whatever the statistics of a table that fills and empties all the time say.
  const { rows: oldest } = await sql<{ last: bigint | null; seen: bigint; within: bigint }>`
    select max(id) filter (where weight <= ${limit}) as last, count(*) as seen, count(*) filter (where weight <= ${limit}) as within
      from (
        select id, sum(case source when 'everything' then ${WEIGHT_OF_PARTNER}::integer else 1 end) over (order by id) as weight
          from (select id, source from analytics_touched where tenant_id = ${tx.ctx.tenantId} order by id limit ${limit}) first
      ) weighed`.execute(tx);
  const { last, seen, within } = oldest[0] ?? { last: null, seen: 0n, within: 0n };
  const { rows } = await sql<{ source: Source | "everything"; partner_id: string; metric_date: string }>`
    with taken as (
      delete from analytics_touched
       where tenant_id = ${tx.ctx.tenantId}
         and id <= ${last ?? 0n}
      returning source, partner_id, quarter_hour
    )
    select distinct t.source, t.partner_id, (moment at time zone ${timeZone})::date as metric_date
      from taken t
     cross join lateral (values (t.quarter_hour), (t.quarter_hour + interval '15 minutes' - interval '1 microsecond')) as at (moment)
     order by 2, 3`.execute(tx);
  const bySource = Map.groupBy(rows, (row) => row.source);
  const wholePartners = [...new Set((bySource.get("everything") ?? []).map((row) => row.partner_id))];
  bySource.delete("everything");
  return {
    taken: Number(within),
    isRestLeft: within < seen || Number(seen) === limit,
    cells: new Map(
      [...bySource].map(([source, touched]) => [
        source as Source,
        touched.map((row) => ({ partnerId: row.partner_id, day: row.metric_date })),
      ]),
    ),
    wholePartners,
  };
}
