import { sql } from "kysely";
import type { DataCheck } from "./data-check.ts";

/** What has become of the invoices of partners, by rows. */
export const settledFees = (tenantId: string) => sql`
  select i.partner_id, i.currency,
         coalesce(sum(s.amount) filter (where s.kind = 'payment'), 0) as paid,
         coalesce(sum(s.amount) filter (where s.kind = 'credit'), 0) as credited,
         coalesce(sum(s.amount), 0) as settled
    from partner_invoices i
    join partner_invoice_settlements s on (s.tenant_id, s.invoice_id) = (i.tenant_id, i.id)
   where i.tenant_id = ${tenantId}
   group by i.partner_id, i.currency`;

/** Since when there are fees with partners: what is made from then on is charged. An agreement is changed and never ends by itself, so the trail has its beginning. */
export const feesSince = (tenantId: string) => sql`
  select target_id as partner_id, min(occurred_at) as since
    from audit_log
   where tenant_id = ${tenantId} and action = 'fee.agreed' and target_type = 'partner'
   group by target_id`;

/** How often products were charged, by the id with which each reference ends. */
export const chargedProducts = (tenantId: string) => sql`
  select partner_id, right(reference, 36) as product, count(*) as times
    from partner_fee_usages
   where tenant_id = ${tenantId}
   group by partner_id, right(reference, 36)`;

/** What must hold of the fees that partners owe. */
export const FEE_CHECKS: readonly DataCheck[] = [
  {
    name: "an invoice is the sum of its lines, and is settled by no more",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from partner_invoices where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('invoice %s is of %s, its lines of %s, it is settled by %s', i.number, i.total, l.amount, s.amount) as what
        from partner_invoices i
       cross join lateral (select coalesce(sum(amount), 0) as amount from partner_invoice_lines
                            where (tenant_id, invoice_id) = (i.tenant_id, i.id)) l
       cross join lateral (select coalesce(sum(amount), 0) as amount from partner_invoice_settlements
                            where (tenant_id, invoice_id) = (i.tenant_id, i.id)) s
       where i.tenant_id = ${tenantId} and (l.amount <> i.total or s.amount > i.total)`,
  },
  {
    name: "what partners owe in the books is what is open of their invoices, and revenue is what was not credited",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from partner_invoices where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with charged as (
        select partner_id, currency, sum(total) as total from partner_invoices where tenant_id = ${tenantId} group by partner_id, currency
      ), booked as (
        select partner_id, currency,
               coalesce(sum(balance) filter (where kind = 'fee_receivable'), 0) as receivable,
               coalesce(sum(balance) filter (where kind = 'fee_revenue'), 0) as revenue
          from ledger_accounts
         where tenant_id = ${tenantId}
         group by partner_id, currency
      )
      select format('partner %s %s: the books say owed %s, revenue %s; the invoices %s, %s', partner_id, currency,
                    coalesce(b.receivable, 0), coalesce(b.revenue, 0),
                    coalesce(c.total, 0) - coalesce(s.settled, 0), coalesce(c.total, 0) - coalesce(s.credited, 0)) as what
        from booked b
        full join charged c using (partner_id, currency)
        left join (${settledFees(tenantId)}) s using (partner_id, currency)
       where (coalesce(b.receivable, 0), coalesce(b.revenue, 0))
             is distinct from (coalesce(c.total, 0) - coalesce(s.settled, 0), coalesce(c.total, 0) - coalesce(s.credited, 0))`,
  },
  {
    name: "invoices and credit notes are numbered without gaps",
    invariant: "whole",
    counted: (tenantId) => sql`select count(*) as count from partner_invoices where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with given as (
        select 'invoice' as series, number from partner_invoices where tenant_id = ${tenantId}
         union all
        select 'credit_note', number from partner_invoice_settlements where tenant_id = ${tenantId} and kind = 'credit'
      ), counted as (
        select series, count(*) as numbers, min(number) as first, max(number) as last from given group by series
      )
      select format('%s: %s numbers from %s to %s, the last given is %s', series, c.numbers, c.first, c.last, n.last) as what
        from counted c
        full join (select series, last from partner_invoice_numbers where tenant_id = ${tenantId}) n using (series)
       where (c.first, c.last, n.last) is distinct from (1, c.numbers, c.numbers)`,
  },
  {
    name: "what was set off is a row of the partner's earnings, and the other way round",
    invariant: "once",
    counted: (tenantId) =>
      sql`select count(*) as count from partner_invoice_settlements where tenant_id = ${tenantId} and kind = 'set_off'`,
    broken: (tenantId) => sql`
      with used as (
        select s.commission_id as id, s.amount, i.partner_id, i.currency
          from partner_invoice_settlements s
          join partner_invoices i on (i.tenant_id, i.id) = (s.tenant_id, s.invoice_id)
         where s.tenant_id = ${tenantId} and s.kind = 'set_off'
      ), rows as (
        select id, -amount as amount, partner_id, currency from commissions where tenant_id = ${tenantId} and rule = 'set_off'
      )
      (select format('set-off %s of %s %s is no such row of earnings', id, amount, currency) as what from (table used except all table rows) u)
       union all
      (select format('row %s of %s %s is of no set-off', id, amount, currency) from (table rows except all table used) r)`,
  },
  {
    name: "a card product that was made since fees were agreed on is charged once, and stands on the invoice that charges it",
    invariant: "once",
    counted: (tenantId) => sql`
      select (select count(*) from card_products where tenant_id = ${tenantId} and status in ('active', 'closed'))
             + (select count(*) from partner_fee_usages where tenant_id = ${tenantId}) as count`,
    broken: (tenantId) => sql`
      select format('card product %s of partner %s is charged %s times', p.id, p.partner_id, coalesce(c.times, 0)) as what
        from card_products p
        join (${feesSince(tenantId)}) f on f.partner_id = p.partner_id and f.since <= p.created_at
        left join (${chargedProducts(tenantId)}) c on (c.partner_id, c.product) = (p.partner_id, p.id::text)
       where p.tenant_id = ${tenantId} and p.status in ('active', 'closed') and c.times is distinct from 1
       union all
      select format('card product %s is charged by invoice %s, on which it stands %s times', u.reference, i.number, l.times)
        from partner_fee_usages u
        join partner_invoices i on (i.tenant_id, i.id) = (u.tenant_id, u.invoice_id)
       cross join lateral (
             select count(*) as times
               from partner_invoice_lines l
              where (l.tenant_id, l.invoice_id) = (i.tenant_id, i.id)
                and l.kind = 'card' and l.quantity = u.quantity and l.description = 'Card product ' || u.reference) l
       where u.tenant_id = ${tenantId} and (l.times <> 1 or i.partner_id <> u.partner_id)`,
  },
  {
    name: "a budget is the sum of its grants and claims, and what was approved of it is a row of earnings",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from partner_budgets where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('budget %s: granted %s of %s, waiting %s of %s, used %s of %s', b.id, b.granted, g.amount, b.waiting, c.waiting, b.used, c.used) as what
        from partner_budgets b
       cross join lateral (select coalesce(sum(amount), 0) as amount from partner_budget_grants
                            where (tenant_id, budget_id) = (b.tenant_id, b.id)) g
       cross join lateral (select coalesce(sum(amount) filter (where status in ('submitted', 'escalated')), 0) as waiting,
                                  coalesce(sum(granted), 0) as used from partner_budget_claims
                            where (tenant_id, budget_id) = (b.tenant_id, b.id)) c
       where b.tenant_id = ${tenantId} and (b.granted, b.waiting, b.used) is distinct from (g.amount, c.waiting, c.used)
       union all
      select format('row %s of earnings is of no claim, or of another amount', e.id)
        from commissions e
        left join partner_budget_claims c on (c.tenant_id, c.commission_id) = (e.tenant_id, e.id)
       where e.tenant_id = ${tenantId} and e.rule = 'co_marketing' and c.granted is distinct from e.amount`,
  },
];
