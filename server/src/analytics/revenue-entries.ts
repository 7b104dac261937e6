import { sql } from "kysely";
import { type Cell, cellRelation, DAY_MARGIN } from "./roll-up-repository.ts";

/**
 * What the sales and reversals of days are in money, one row each, as the last of some common table expressions: `entry (partner_id, metric_date,
 * currency, sale_id, referral_id, payments, card_revenue, card_volume, refunds, chargebacks, chargebacks_won)`. `sale_id` is what was sold, also of a reversal.
 *
 * A payment counts with its amount less tax, a card event with the operator's own revenue. A reversal takes back the same share of that as of the whole
 * amount, cumulatively (docs/guides/money-rules.md, "What becomes of a commission"): round(base × reversed so far ÷ amount) less what earlier reversals took, so
 * that parts never drift and a full refund takes back exactly all. It counts on its own day. Division is of integers, half up, which for what is never
 * negative is half away from zero.
 */
export const revenueEntries = (tenantId: string, cells: readonly Cell[], timeZone: string) => sql`
    with recursive day as (
      select distinct cell.metric_date,
             (cell.metric_date::timestamp at time zone ${timeZone}) - ${DAY_MARGIN} as begins,
             ((cell.metric_date + 1)::timestamp at time zone ${timeZone}) + ${DAY_MARGIN} as ends
        from ${cellRelation(cells)}
    ),
    moved as (
      select t.id, t.partner_id, day.metric_date, t.currency, t.kind, t.amount, t.tax, t.revenue, t.original_id, t.number, t.user_id, t.referral_id
        from day
        join transactions t
          on t.tenant_id = ${tenantId}
         and t.occurred_at >= day.begins
         and t.occurred_at < day.ends
         and (t.occurred_at at time zone ${timeZone})::date = day.metric_date
        join ${cellRelation(cells)} on (cell.partner_id, cell.metric_date) = (t.partner_id, day.metric_date)
    ),
    earned as (
      select m.partner_id, m.metric_date, m.currency, m.id as sale_id, m.referral_id,
             case when m.kind = 'payment' then m.amount - m.tax else 0 end as payments,
             case when m.kind = 'card' then m.revenue else 0 end as card_revenue,
             case when m.kind = 'card' then m.amount else 0 end as card_volume,
             0 as refunds, 0 as chargebacks, 0 as chargebacks_won
        from moved m
       where m.original_id is null
    ),
    -- The referrals that a customer has had in turn. Numbers are of one partner's sequence: what was recorded under a later referral comes
    -- after all of an earlier one's, whatever its number.
    turn as (
      select r.id, 0 as place
        from referrals r
       where r.tenant_id = ${tenantId}
         and r.referred_user_id in (select m.user_id from moved m where m.original_id is not null)
         and r.reattributed_from is null
         and r.reattributed_at is not null
       union all
      select r.id, turn.place + 1
        from turn
        join referrals r on (r.tenant_id, r.reattributed_from) = (${tenantId}, turn.id)
    ),
    -- A chargeback won names the chargeback, and that names what was charged back.
    reversal as (
      select m.partner_id, m.metric_date, m.currency, m.kind, m.referral_id, whole.id as sale_id, whole.amount,
             case when whole.kind = 'card' then whole.revenue else whole.amount - whole.tax end as base,
             least(reversed.before, whole.amount) as before, least(reversed.after, whole.amount) as after
        from moved m
        join transactions named on (named.tenant_id, named.id) = (${tenantId}, m.original_id)
        join transactions whole on (whole.tenant_id, whole.id) = (${tenantId}, coalesce(named.original_id, named.id))
        left join turn on turn.id = m.referral_id
       cross join lateral (select coalesce(turn.place, 0) as turn, m.number) own
       cross join lateral (
               select coalesce(sum(taken.amount - least(taken.amount, won.before))
                                 filter (where (coalesce(turn.place, 0), taken.number) < (own.turn, own.number)), 0) as before,
                      coalesce(sum(taken.amount - least(taken.amount, won.after))
                                 filter (where (coalesce(turn.place, 0), taken.number) <= (own.turn, own.number)), 0) as after
                 from transactions taken
                 left join turn on turn.id = taken.referral_id
                -- What is won of a chargeback is at most what that took.
                cross join lateral (
                        select coalesce(sum(given_back.amount)
                                          filter (where (coalesce(turn.place, 0), given_back.number) < (own.turn, own.number)), 0) as before,
                               coalesce(sum(given_back.amount)
                                          filter (where (coalesce(turn.place, 0), given_back.number) <= (own.turn, own.number)), 0) as after
                          from transactions given_back
                          left join turn on turn.id = given_back.referral_id
                         where (given_back.tenant_id, given_back.original_id) = (${tenantId}, taken.id)
                      ) won
                where (taken.tenant_id, taken.original_id) = (${tenantId}, whole.id)
             ) reversed
       where m.original_id is not null
         and whole.amount > 0
    ),
    taken_back as (
      select r.partner_id, r.metric_date, r.currency, r.kind, r.sale_id, r.referral_id,
             div(2 * r.base::numeric * r.after + r.amount, 2 * r.amount::numeric)
             - div(2 * r.base::numeric * r.before + r.amount, 2 * r.amount::numeric) as amount
        from reversal r
    ),
    entry as (
      table earned
       union all
      select b.partner_id, b.metric_date, b.currency, b.sale_id, b.referral_id, 0, 0, 0,
             case when b.kind = 'refund' then b.amount else 0 end,
             case when b.kind = 'chargeback' then b.amount else 0 end,
             case when b.kind = 'chargeback_won' then -b.amount else 0 end
        from taken_back b
    )`;
