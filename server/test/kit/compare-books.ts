import { invariant } from "../../src/kernel/invariant.ts";
import type { CommissionWorld } from "./commissions.ts";
import { asOwner } from "./postgres.ts";

/** What the rows say that the books must say, beside what the books say: a test compares the two. */
export async function compareBooks(
  world: Pick<CommissionWorld, "balances" | "clone">,
  partnerId: string,
  currency = "USD",
) {
  const books = await world.balances(partnerId, currency);
  const [rows] = await asOwner<Record<string, string>>(
    world.clone,
    `with parts as (
       select commission_id, sum(amount) filter (where state <> 'released') as taken, sum(amount) filter (where state = 'confirmed') as confirmed
         from payout_items where commission_id is not null group by commission_id
     ), r as (
       select c.*, coalesce(p.taken, 0) as taken, coalesce(p.confirmed, 0) as confirmed
         from commissions c left join parts p on p.commission_id = c.id
        where c.partner_id = $1 and c.currency = $2
     )
     select coalesce(sum(amount) filter (where status = 'pending'), 0)::text as pending,
            coalesce(sum(amount - taken) filter (where status in ('approved', 'paid', 'disputed')), 0)::text as unpaid,
            coalesce(sum(amount) filter (where status <> 'cancelled' and rule <> 'set_off'), 0)::text as standing,
            coalesce((select sum(amount_held) from commission_disputes d where d.partner_id = $1 and d.status in ('open', 'waiting', 'escalated')
                        and exists (select from r where r.id = d.commission_id)), 0)::text as held,
            coalesce((select sum(amount) from partner_payouts where partner_id = $1 and currency = $2 and status in ('pending', 'processing')), 0)::text as transit,
            count(*) filter (where status = 'paid' and not case when amount > 0 then confirmed >= amount else confirmed <= amount end)::text as paid_too_early,
            count(*) filter (where status = 'approved' and case when amount > 0 then confirmed >= amount else confirmed <= amount end)::text as paid_too_late,
            count(*) filter (where reverses_id is not null and status <> (
                      select case root.status when 'paid' then 'approved' else root.status end from commissions root where root.id = r.reverses_id)
                      and status <> 'paid')::text as astray
       from r`,
    [partnerId, currency],
  );
  invariant(rows, "an aggregate has a row");
  const smaller = books.available < books.clawback_receivable ? books.available : books.clawback_receivable;
  return {
    books: {
      pending: String(books.pending),
      unpaid: String(books.available + books.disputed - books.clawback_receivable),
      standing: String(books.commission_expense + books.bad_debt),
      held: String(books.disputed),
      transit: String(books.payout_in_transit),
      paid_too_early: "0",
      paid_too_late: "0",
      astray: "0",
      availableAndDebt: "0",
    },
    rows: { ...rows, availableAndDebt: String(smaller) },
  };
}
