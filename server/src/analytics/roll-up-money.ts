import { sql } from "kysely";
import type { Tx } from "../platform/database/index.ts";
import { revenueEntries } from "./revenue-entries.ts";
import { type Cell, cellRelation, DAY_MARGIN, type Frame } from "./roll-up-repository.ts";

/** Sums the revenue of days anew. */
export async function rollUpTransactions(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    ${revenueEntries(tenantId, cells, timeZone)},
    counted as (
      select e.partner_id, e.metric_date, e.currency, sum(e.payments)::bigint as payments, sum(e.card_revenue)::bigint as card_revenue,
             sum(e.card_volume)::bigint as card_volume, sum(e.refunds)::bigint as refunds, sum(e.chargebacks)::bigint as chargebacks,
             sum(e.chargebacks_won)::bigint as chargebacks_won
        from entry e
       group by 1, 2, 3
    ),
    gone as (
      select a.partner_id, a.metric_date, a.currency, 0 as payments, 0 as card_revenue, 0 as card_volume, 0 as refunds, 0 as chargebacks,
             0 as chargebacks_won
        from ${cellRelation(cells)}
        join partner_analytics a
          on (a.tenant_id, a.partner_id, a.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
        left join counted c on (c.partner_id, c.metric_date, c.currency) = (a.partner_id, a.metric_date, a.currency)
       where c.currency is null
         and (a.payments, a.card_revenue, a.card_volume, a.refunds, a.chargebacks, a.chargebacks_won) <> (0, 0, 0, 0, 0, 0)
    )
    insert into partner_analytics as a (tenant_id, partner_id, metric_date, currency, revenue, payments, card_revenue, card_volume, refunds,
                                        chargebacks, chargebacks_won, created_at, updated_at)
    select ${tenantId}, n.partner_id, n.metric_date, n.currency,
           n.payments + n.card_revenue - n.refunds - n.chargebacks + n.chargebacks_won,
           n.payments, n.card_revenue, n.card_volume, n.refunds, n.chargebacks, n.chargebacks_won, ${now}, ${now}
      from (table counted union all table gone) n
        on conflict (tenant_id, partner_id, metric_date, currency) do update
       set revenue = excluded.revenue, payments = excluded.payments, card_revenue = excluded.card_revenue, card_volume = excluded.card_volume,
           refunds = excluded.refunds, chargebacks = excluded.chargebacks, chargebacks_won = excluded.chargebacks_won,
           updated_at = excluded.updated_at
     where (a.payments, a.card_revenue, a.card_volume, a.refunds, a.chargebacks, a.chargebacks_won)
           <> (excluded.payments, excluded.card_revenue, excluded.card_volume, excluded.refunds, excluded.chargebacks, excluded.chargebacks_won)`.execute(
    tx,
  );
}

/**
 * Sums what was earned on days anew: rows by the day of their event, reversals on theirs, cancelled rows in no sum. A debt that was written
 * off is not earned, though a row of it stands against the reversals that made it.
 */
export async function rollUpCommissions(tx: Tx, cells: readonly Cell[], { timeZone }: Frame): Promise<void> {
  const { tenantId, now } = tx.ctx;
  await sql`
    with counted as (
      select cell.partner_id, cell.metric_date, of_day.*
        from ${cellRelation(cells)}
       cross join lateral (
               select c.currency,
                      coalesce(sum(c.amount) filter (where c.commission_type = 'signup'), 0)::bigint as signup,
                      coalesce(sum(c.amount) filter (where c.commission_type = 'recurring'), 0)::bigint as recurring,
                      coalesce(sum(c.amount) filter (where c.commission_type = 'transaction'), 0)::bigint as transaction,
                      coalesce(sum(c.amount) filter (where c.commission_type = 'bonus'), 0)::bigint as bonus
                 from commissions c
                where c.tenant_id = ${tenantId}
                  and c.partner_id = cell.partner_id
                  and c.occurred_at >= (cell.metric_date::timestamp at time zone ${timeZone}) - ${DAY_MARGIN}
                  and c.occurred_at < ((cell.metric_date + 1)::timestamp at time zone ${timeZone}) + ${DAY_MARGIN}
                  and (c.occurred_at at time zone ${timeZone})::date = cell.metric_date
                  and c.status <> 'cancelled'
                  and c.rule not in ('write_off', 'set_off')
                group by c.currency
             ) of_day
    ),
    gone as (
      select a.partner_id, a.metric_date, a.currency, 0 as signup, 0 as recurring, 0 as transaction, 0 as bonus
        from ${cellRelation(cells)}
        join partner_analytics a
          on (a.tenant_id, a.partner_id, a.metric_date) = (${tenantId}, cell.partner_id, cell.metric_date)
        left join counted c on (c.partner_id, c.metric_date, c.currency) = (a.partner_id, a.metric_date, a.currency)
       where c.currency is null
         and (a.commission_signup, a.commission_recurring, a.commission_transaction, a.commission_bonus) <> (0, 0, 0, 0)
    )
    insert into partner_analytics as a (tenant_id, partner_id, metric_date, currency, commission_earned, commission_signup,
                                        commission_recurring, commission_transaction, commission_bonus, created_at, updated_at)
    select ${tenantId}, n.partner_id, n.metric_date, n.currency, n.signup + n.recurring + n.transaction + n.bonus, n.signup, n.recurring,
           n.transaction, n.bonus, ${now}, ${now}
      from (table counted union all table gone) n
        on conflict (tenant_id, partner_id, metric_date, currency) do update
       set commission_earned = excluded.commission_earned, commission_signup = excluded.commission_signup,
           commission_recurring = excluded.commission_recurring, commission_transaction = excluded.commission_transaction,
           commission_bonus = excluded.commission_bonus, updated_at = excluded.updated_at
     where (a.commission_signup, a.commission_recurring, a.commission_transaction, a.commission_bonus)
           <> (excluded.commission_signup, excluded.commission_recurring, excluded.commission_transaction, excluded.commission_bonus)`.execute(
    tx,
  );
}

/** A day without anything has no row, so that a roll-up and a rebuild leave the same table. */
export async function dropEmptyDays(tx: Tx, cells: readonly Cell[]): Promise<void> {
  await sql`
    delete from partner_analytics a
     using ${cellRelation(cells)}
     where (a.tenant_id, a.partner_id, a.metric_date) = (${tx.ctx.tenantId}, cell.partner_id, cell.metric_date)
       and (a.clicks, a.signups, a.conversions, a.payments, a.card_revenue, a.card_volume, a.refunds, a.chargebacks, a.chargebacks_won)
           = (0, 0, 0, 0, 0, 0, 0, 0, 0)
       and (a.commission_signup, a.commission_recurring, a.commission_transaction, a.commission_bonus) = (0, 0, 0, 0)`.execute(
    tx,
  );
}
