import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import type { Profile } from "./fraud-facts.ts";

/** A row as it comes out of JSON, where counts are numbers. */
export type ProfileRow = {
  readonly clicks: number;
  readonly conversions: number;
  readonly timed: number;
  readonly quick: number;
  readonly sales: number;
  readonly refunds: number;
  readonly chargebacks: number;
  readonly days: number;
  readonly daily_mean: number;
  readonly daily_deviation: number;
};

export const profileOf = ({ daily_mean: dailyMean, daily_deviation: dailyDeviation, ...row }: ProfileRow): Profile => ({
  clicks: row.clicks,
  conversions: row.conversions,
  timed: row.timed,
  quick: row.quick,
  sales: row.sales,
  refunds: row.refunds,
  chargebacks: row.chargebacks,
  days: row.days,
  dailyMean,
  dailyDeviation,
});

/** Conversions within this time of the click are quick. */
export const QUICK_SECONDS = 30;

export type DayCount = {
  readonly partnerId: string;
  readonly conversions: number;
  readonly timed: number;
  readonly quick: number;
};

/** What partners have converted since an instant, a row for each day with a conversion. */
export async function countDays(
  tx: ReadTx,
  { partnerIds, since }: { readonly partnerIds: readonly string[]; readonly since: Date },
): Promise<DayCount[]> {
  const { rows } = await sql<DayCount>`
    select partner_id as "partnerId",
           count(*)::integer as conversions,
           count(facts ->> 'clickAgeSeconds')::integer as timed,
           (count(*) filter (where (facts ->> 'clickAgeSeconds')::double precision < ${QUICK_SECONDS}))::integer as quick
      from fraud_evaluations
     where tenant_id = ${tx.ctx.tenantId}
       and partner_id = any (${[...partnerIds]}::uuid[])
       and subject_kind = 'conversion'
       and evaluated_at >= ${since}
     group by partner_id, (evaluated_at at time zone 'UTC')::date`.execute(tx);
  return rows;
}

/** Partners that something was judged of since an instant, by id, after the given one. */
export async function findJudgedPartners(
  tx: ReadTx,
  { since, after, limit }: { readonly since: Date; readonly after: string | undefined; readonly limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct partner_id as id
      from fraud_evaluations
     where tenant_id = ${tx.ctx.tenantId}
       and evaluated_at >= ${since}
       and (${after === undefined} or partner_id > ${after ?? null}::uuid)
     order by partner_id
     limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function saveProfiles(tx: Tx, profiles: ReadonlyMap<string, Profile>): Promise<void> {
  if (profiles.size === 0) return;
  await tx
    .insertInto("fraud_partner_profiles")
    .values(
      [...profiles].map(([partnerId, profile]) => ({
        tenant_id: tx.ctx.tenantId,
        partner_id: partnerId,
        clicks: BigInt(profile.clicks),
        conversions: BigInt(profile.conversions),
        timed: BigInt(profile.timed),
        quick: BigInt(profile.quick),
        sales: BigInt(profile.sales),
        refunds: BigInt(profile.refunds),
        chargebacks: BigInt(profile.chargebacks),
        days: profile.days,
        daily_mean: profile.dailyMean,
        daily_deviation: profile.dailyDeviation,
        computed_at: tx.ctx.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["tenant_id", "partner_id"]).doUpdateSet((row) => ({
        clicks: row.ref("excluded.clicks"),
        conversions: row.ref("excluded.conversions"),
        timed: row.ref("excluded.timed"),
        quick: row.ref("excluded.quick"),
        sales: row.ref("excluded.sales"),
        refunds: row.ref("excluded.refunds"),
        chargebacks: row.ref("excluded.chargebacks"),
        days: row.ref("excluded.days"),
        daily_mean: row.ref("excluded.daily_mean"),
        daily_deviation: row.ref("excluded.daily_deviation"),
        computed_at: row.ref("excluded.computed_at"),
      })),
    )
    .execute();
}
