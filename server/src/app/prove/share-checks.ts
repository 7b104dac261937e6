import { sql } from "kysely";
import type { WhitelabelService } from "../../whitelabel/index.ts";
import type { DataCheck, ModuleCheck } from "./data-check.ts";
import { chargedProducts, feesSince } from "./fee-checks.ts";

/** What sub-operators have paid of shares, less what they were paid back, by rows. */
export const settledShares = (tenantId: string) => sql`
  select o.partner_id, s.currency, sum(case s.kind when 'payment' then s.amount else -s.amount end) as paid
    from sub_operator_settlements s
    join sub_operators o on (o.tenant_id, o.id) = (s.tenant_id, s.sub_operator_id)
   where s.tenant_id = ${tenantId}
   group by o.partner_id, s.currency`;

/** What must hold of what sub-operators owe, in the books of their parent. */
export const SHARE_CHECKS: readonly DataCheck[] = [
  {
    name: "what sub-operators owe in the books is the share of their sales less what was settled",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from sub_operator_shares where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with shares as (
        select o.partner_id, s.currency, sum(s.amount) as amount
          from sub_operator_shares s
          join sub_operators o on (o.tenant_id, o.id) = (s.tenant_id, s.sub_operator_id)
         where s.tenant_id = ${tenantId}
         group by o.partner_id, s.currency
      ), booked as (
        select partner_id, currency,
               coalesce(sum(balance) filter (where kind = 'share_receivable'), 0) as owed,
               coalesce(sum(balance) filter (where kind = 'share_revenue'), 0) as revenue
          from ledger_accounts
         where tenant_id = ${tenantId}
         group by partner_id, currency
      )
      select format('partner %s %s: the books say owed %s, revenue %s; the rows %s, %s', partner_id, currency,
                    coalesce(b.owed, 0), coalesce(b.revenue, 0), coalesce(s.amount, 0) - coalesce(p.paid, 0), coalesce(s.amount, 0)) as what
        from booked b
        full join shares s using (partner_id, currency)
        left join (${settledShares(tenantId)}) p using (partner_id, currency)
       where (coalesce(b.owed, 0), coalesce(b.revenue, 0))
             is distinct from (coalesce(s.amount, 0) - coalesce(p.paid, 0), coalesce(s.amount, 0))`,
  },
  {
    // What is on its way to the books is passed over; what was given up is not.
    name: "a card product that a sub-operator has had made since fees were agreed on is charged once",
    invariant: "once",
    counted: (tenantId) => sql`
      select count(*) as count
        from sub_operators o cross join lateral sub_operator_card_products(o.id)
       where o.tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('sub-operator %s: card product %s is charged %s times', o.id, p.id, coalesce(c.times, 0)) as what
        from sub_operators o
       cross join lateral sub_operator_card_products(o.id) p
        left join (${feesSince(tenantId)}) f on f.partner_id = o.partner_id and f.since <= p.asked_at
        left join (${chargedProducts(tenantId)}) c on (c.partner_id, c.product) = (o.partner_id, p.id::text)
       where o.tenant_id = ${tenantId}
         and p.told <> 'not_yet'
         and (coalesce(c.times, 0) > 1 or (f.since is not null and c.times is null))`,
  },
];

/** Each sale of each sub-operator has left the share that its contract says. */
export const shareCheck = ({ proveShares }: Pick<WhitelabelService, "proveShares">): ModuleCheck => ({
  name: "the share of every sale of a sub-operator is booked once, and is what its contract says",
  invariant: "reproducible",
  run: proveShares,
});
