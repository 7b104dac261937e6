import { sql } from "kysely";
import type { ReadTx, Tx } from "../platform/database/index.ts";

/** A period whose volume has been settled. */
export type SettledPeriod = {
  readonly partnerId: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly termsId: string;
  readonly checkedNumber: bigint;
};

/** The settled periods of partners that end on or after a day. */
export async function findSettledPeriods(
  tx: ReadTx,
  { partnerIds, since }: { readonly partnerIds: readonly string[]; readonly since: string },
): Promise<SettledPeriod[]> {
  const { rows } = await sql<SettledPeriod>`
    select partner_id as "partnerId", period_start as "periodStart", period_end as "periodEnd", terms_id as "termsId",
           checked_number as "checkedNumber"
      from volume_periods
     where tenant_id = ${tx.ctx.tenantId} and partner_id = any (${[...partnerIds]}::uuid[]) and period_end >= ${since}::date`.execute(
    tx,
  );
  return rows;
}

/** The last number of each partner's sequence that has been assessed: one look into an index each. */
export async function findLastAssessed(tx: ReadTx, partnerIds: readonly string[]): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ id: string; last: bigint }>`
    select p.id, r.number as last
      from unnest(${[...partnerIds]}::uuid[]) as p (id)
     cross join lateral (
           select number from commission_receipts
            where tenant_id = ${tx.ctx.tenantId} and partner_id = p.id
            order by number desc limit 1) r`.execute(tx);
  return new Map(rows.map(({ id, last }) => [id, last]));
}

/** When each partner first earned on a payment: no earlier period has any volume. Those who never did are absent. */
export async function findFirstVolume(tx: ReadTx, partnerIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; first: Date }>`
    select p.id, c.occurred_at as first
      from unnest(${[...partnerIds]}::uuid[]) as p (id)
     cross join lateral (
           select occurred_at from commissions
            where tenant_id = ${tx.ctx.tenantId} and partner_id = p.id and rule = 'recurring' and reverses_id is null
            order by occurred_at limit 1) c`.execute(tx);
  return new Map(rows.map(({ id, first }) => [id, first]));
}

/** Notes how far a period has been looked at. Its terms are those of the first time. */
export async function saveSettledPeriod(tx: Tx, period: SettledPeriod): Promise<void> {
  await sql`
    insert into volume_periods (tenant_id, partner_id, period_start, period_end, terms_id, checked_number, checked_at)
    values (${tx.ctx.tenantId}, ${period.partnerId}, ${period.periodStart}::date, ${period.periodEnd}::date, ${period.termsId},
            ${period.checkedNumber}, ${tx.ctx.now})
    on conflict (tenant_id, partner_id, period_end, period_start) do update
       set checked_number = excluded.checked_number, checked_at = excluded.checked_at`.execute(tx);
}

/** Whether anything after a number can change the volume of these days: an act, or money of a payment of theirs. A day more on each side, for the time zone. */
export async function isTouched(
  tx: ReadTx,
  {
    partnerId,
    after,
    from,
    to,
  }: { readonly partnerId: string; readonly after: bigint; readonly from: string; readonly to: string },
): Promise<boolean> {
  // A chargeback that was won names the chargeback, which names the payment.
  const { rows } = await sql`
    select 1
      from commission_receipts r
      left join commission_receipts o on o.tenant_id = r.tenant_id and o.event_id = r.original_id and o.act = ''
      left join commission_receipts p on p.tenant_id = o.tenant_id and p.event_id = o.original_id and p.act = ''
     where r.tenant_id = ${tx.ctx.tenantId}
       and r.partner_id = ${partnerId}
       and r.number > ${after}
       and r.kind not in ('terms', 'conversion', 'true_up')
       and (r.amount is null
         or (coalesce(p.occurred_at, o.occurred_at, r.occurred_at) >= ${from}::date - interval '1 day'
         and coalesce(p.occurred_at, o.occurred_at, r.occurred_at) < ${to}::date + interval '2 days'))
     limit 1`.execute(tx);
  return rows.length > 0;
}
