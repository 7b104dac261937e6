import { sql } from "kysely";
import type { DataCheck } from "./data-check.ts";

/** What must hold of taxes that were kept back and reported. */
export const TAX_CHECKS: readonly DataCheck[] = [
  {
    name: "tax kept back in the books is what transfers that stand have kept back",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(*) as count from partner_payouts where tenant_id = ${tenantId} and tax_withheld > 0`,
    broken: (tenantId) => sql`
      with kept as (
        select p.partner_id, p.currency, sum(p.tax_withheld) as amount
          from partner_payouts p
         where p.tenant_id = ${tenantId} and p.tax_withheld > 0
           and exists (select from transfer_attempts a
                        where (a.tenant_id, a.payout_id) = (p.tenant_id, p.id) and a.status = 'succeeded')
         group by p.partner_id, p.currency
      ), booked as (
        select partner_id, currency, balance from ledger_accounts where tenant_id = ${tenantId} and kind = 'tax_withheld'
      )
      select format('partner %s %s: the books owe %s, its transfers have kept back %s', partner_id, currency,
                    coalesce(b.balance, 0), coalesce(k.amount, 0)) as what
        from booked b
        full join kept k using (partner_id, currency)
       where coalesce(b.balance, 0) <> coalesce(k.amount, 0)`,
  },
  {
    name: "what returns are made of is every transfer, and what came back",
    invariant: "once",
    counted: (tenantId) => sql`select count(*) as count from tax_payments where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with made as (
        select p.id as payout_id, v.act, p.partner_id, p.currency, v.sign * p.amount as amount, v.sign * p.tax_withheld as withheld
          from partner_payouts p
          join transfer_attempts a on (a.tenant_id, a.payout_id) = (p.tenant_id, p.id) and a.status in ('succeeded', 'returned')
          join (values ('paid', 1), ('taken_back', -1)) as v (act, sign) on v.act = 'paid' or a.status = 'returned'
         where p.tenant_id = ${tenantId}
      ), noted as (
        select payout_id, act, partner_id, currency, amount, withheld from tax_payments where tenant_id = ${tenantId}
      )
      (select format('payout %s, %s: %s %s, %s kept back, is not noted', payout_id, act, amount, currency, withheld) as what
         from (table made except all table noted) m)
       union all
      (select format('payout %s, %s: %s %s, %s kept back, was not made', payout_id, act, amount, currency, withheld)
         from (table noted except all table made) n)`,
  },
  {
    name: "a partner's returns of a year are numbered without gaps, and each corrects the one that stood",
    invariant: "whole",
    counted: (tenantId) => sql`select count(*) as count from tax_filings where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('return %s of partner %s for %s, a %s, is number %s of %s and corrects number %s', f.id, f.partner_id, f.year, f.kind,
                    f.number, f.place, coalesce(c.number::text, 'none')) as what
        from (select *, row_number() over (partition by year, partner_id order by number) as place
                from tax_filings where tenant_id = ${tenantId}) f
        left join tax_filings c on (c.tenant_id, c.id) = (f.tenant_id, f.corrects_id)
       where f.number <> f.place
          or (f.number > 1 and c.number is distinct from f.number - case f.kind when 'identity' then 2 else 1 end)`,
  },
];
