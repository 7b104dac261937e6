import { sql } from "kysely";
import type { DataCheck } from "./data-check.ts";
import { FEE_CHECKS, settledFees } from "./fee-checks.ts";
import { SHARE_CHECKS, settledShares } from "./share-checks.ts";
import { TAX_CHECKS } from "./tax-checks.ts";

/** What partners are owed by rows: earned and not cancelled, by whether it has left its hold. Of a dispute, its rows are among the latter. */
const owedByRows = (tenantId: string) => sql`
  select c.partner_id, c.currency,
         coalesce(sum(c.amount) filter (where c.status = 'pending'), 0) as pending,
         coalesce(sum(c.amount) filter (where c.status in ('approved', 'paid', 'disputed')), 0) as settled,
         coalesce(sum(c.amount) filter (where c.status <> 'cancelled' and c.rule <> 'set_off'), 0) as earned
    from commissions c
   where c.tenant_id = ${tenantId}
   group by c.partner_id, c.currency`;

const accounts = (tenantId: string) => sql`
  select a.partner_id, a.currency,
         coalesce(sum(a.balance) filter (where a.kind = 'pending'), 0) as pending,
         coalesce(sum(a.balance) filter (where a.kind = 'available'), 0) as available,
         coalesce(sum(a.balance) filter (where a.kind = 'clawback_receivable'), 0) as debt,
         coalesce(sum(a.balance) filter (where a.kind = 'disputed'), 0) as disputed,
         coalesce(sum(a.balance) filter (where a.kind in ('commission_expense', 'bad_debt')), 0) as cost,
         coalesce(sum(a.balance) filter (where a.kind = 'payout_in_transit'), 0) as in_transit
    from ledger_accounts a
   where a.tenant_id = ${tenantId}
   group by a.partner_id, a.currency`;

/** Everything that one look at the tables can prove or refute. */
export const DATA_CHECKS: readonly DataCheck[] = [
  {
    name: "every balance is the sum of its postings",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from ledger_postings where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with moved as (
        select partner_id, currency, kind, sum(net) as net
          from (
            select partner_id, currency, debit as kind, amount as net from ledger_postings where tenant_id = ${tenantId}
             union all
            select partner_id, currency, credit, -amount from ledger_postings where tenant_id = ${tenantId}
          ) sides
         group by partner_id, currency, kind
      )
      select format('account %s %s %s holds %s, its postings say %s', a.partner_id, a.currency, a.kind, a.balance,
                    coalesce(m.net, 0) * case k.normal_side when 'debit' then 1 else -1 end) as what
        from ledger_accounts a
        join ledger_account_kinds k on k.kind = a.kind
        left join moved m on (m.partner_id, m.currency, m.kind) = (a.partner_id, a.currency, a.kind)
       where a.tenant_id = ${tenantId}
         and a.balance <> coalesce(m.net, 0) * case k.normal_side when 'debit' then 1 else -1 end`,
  },
  {
    name: "debits equal credits in every currency",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(distinct currency) as count from ledger_accounts where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('%s: debits exceed credits by %s', a.currency, sum(case k.normal_side when 'debit' then a.balance else -a.balance end)) as what
        from ledger_accounts a
        join ledger_account_kinds k on k.kind = a.kind
       where a.tenant_id = ${tenantId}
       group by a.currency
      having sum(case k.normal_side when 'debit' then a.balance else -a.balance end) <> 0`,
  },
  {
    name: "every entry in the books has postings",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from ledger_transactions where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('%s of %s has no postings', t.kind, t.source_id) as what
        from ledger_transactions t
       where t.tenant_id = ${tenantId}
         and not exists (select from ledger_postings p where (p.tenant_id, p.kind, p.source_id) = (t.tenant_id, t.kind, t.source_id))`,
  },
  {
    name: "no payable account is below zero, and no partner has money and debt at once",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from ledger_accounts where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('account %s %s %s is %s', a.partner_id, a.currency, a.kind, a.balance) as what
        from ledger_accounts a
        join ledger_account_kinds k on k.kind = a.kind
       where a.tenant_id = ${tenantId} and a.balance < 0 and not k.may_be_negative
       union all
      select format('partner %s has %s %s available and owes %s', s.partner_id, s.available, s.currency, s.debt)
        from (${accounts(tenantId)}) s
       where s.available > 0 and s.debt > 0`,
  },
  {
    name: "pending is the sum of the pending rows",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(*) as count from commissions where tenant_id = ${tenantId} and status = 'pending'`,
    broken: (tenantId) => sql`
      select format('partner %s %s: the books say %s pending, the rows %s', partner_id, currency, coalesce(a.pending, 0), coalesce(r.pending, 0)) as what
        from (${accounts(tenantId)}) a
        full join (${owedByRows(tenantId)}) r using (partner_id, currency)
       where coalesce(a.pending, 0) <> coalesce(r.pending, 0)`,
  },
  {
    name: "available and disputed less debt are the approved and disputed rows less what payouts hold",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(*) as count from commissions where tenant_id = ${tenantId} and status in ('approved', 'paid', 'disputed')`,
    broken: (tenantId) => sql`
      with taken as (
        select c.partner_id, c.currency, sum(i.amount) as amount
          from payout_items i
          join commissions c on (c.tenant_id, c.id) = (i.tenant_id, i.commission_id)
         where i.tenant_id = ${tenantId} and i.state <> 'released' and c.status in ('approved', 'paid', 'disputed')
         group by c.partner_id, c.currency
      )
      select format('partner %s %s: the books say %s, the rows %s', partner_id, currency,
                    coalesce(a.available + a.disputed - a.debt, 0), coalesce(r.settled, 0) - coalesce(t.amount, 0)) as what
        from (${accounts(tenantId)}) a
        full join (${owedByRows(tenantId)}) r using (partner_id, currency)
        left join taken t using (partner_id, currency)
       where coalesce(a.available + a.disputed - a.debt, 0) <> coalesce(r.settled, 0) - coalesce(t.amount, 0)`,
  },
  {
    name: "what disputes hold is what they have not settled, of commissions that are disputed",
    invariant: "balanced",
    counted: (tenantId) => sql`select count(*) as count from commission_disputes where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with held as (
        select c.partner_id, c.currency, sum(d.amount_held) as amount
          from commission_disputes d
          join commissions c on (c.tenant_id, c.id) = (d.tenant_id, d.commission_id)
         where d.tenant_id = ${tenantId}
         group by c.partner_id, c.currency
      )
      select format('partner %s %s: the books say %s disputed, the disputes %s', partner_id, currency, coalesce(a.disputed, 0), coalesce(h.amount, 0)) as what
        from (${accounts(tenantId)}) a
        full join held h using (partner_id, currency)
       where coalesce(a.disputed, 0) <> coalesce(h.amount, 0)
       union all
      select format('commission %s is %s, and has %s disputes that are not settled', c.id, c.status, count(d.id))
        from commissions c
        left join commission_disputes d
          on (d.tenant_id, d.commission_id) = (c.tenant_id, c.id) and d.status in ('open', 'waiting', 'escalated')
       where c.tenant_id = ${tenantId} and c.reverses_id is null
       group by c.id, c.status
      having count(d.id) <> (case when c.status = 'disputed' then 1 else 0 end)`,
  },
  {
    name: "an adjusted dispute names what was booked for it, and an escalated one was settled by another person",
    invariant: "whole",
    counted: (tenantId) =>
      sql`select count(*) as count from commission_disputes where tenant_id = ${tenantId} and resolved_at is not null`,
    broken: (tenantId) => sql`
      select format('dispute %s: %s', d.id,
                    case when r.partner_id is distinct from d.partner_id and d.status = 'adjusted' then 'its result is not the partner''s'
                         else 'its first reviewer has settled it' end) as what
        from commission_disputes d
        left join commissions r on (r.tenant_id, r.id) = (d.tenant_id, d.result_commission_id)
       where d.tenant_id = ${tenantId}
         and (   (d.status = 'adjusted' and r.partner_id is distinct from d.partner_id)
              or (d.status in ('upheld', 'adjusted', 'cancelled') and d.first_reviewer = d.resolved_by))`,
  },
  {
    name: "what partners keep is what they cost: commission expense and bad debt",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(*) as count from commissions where tenant_id = ${tenantId} and status <> 'cancelled'`,
    broken: (tenantId) => sql`
      select format('partner %s %s: the books say %s, the rows %s', partner_id, currency, coalesce(a.cost, 0), coalesce(r.earned, 0)) as what
        from (${accounts(tenantId)}) a
        full join (${owedByRows(tenantId)}) r using (partner_id, currency)
       where coalesce(a.cost, 0) <> coalesce(r.earned, 0)`,
  },
  {
    // A rejection, or a refund of what was re-assessed, takes back several commissions by one event: each by one row.
    name: "one commission per event, rule, beneficiary and act, and one row of it for each commission that it takes back",
    invariant: "once",
    counted: (tenantId) => sql`select count(*) as count from commissions where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('event %s, rule %s, partner %s, act "%s" has %s commissions', event_id, rule, partner_id, act, count(*)) as what
        from commissions
       where tenant_id = ${tenantId}
       group by event_id, rule, partner_id, act, reverses_id
      having count(*) > 1`,
  },
  {
    name: "reversals never take back more than was earned",
    invariant: "once",
    counted: (tenantId) =>
      sql`select count(*) as count from commissions where tenant_id = ${tenantId} and reverses_id is not null`,
    broken: (tenantId) => sql`
      select format('commission %s of %s is reversed by %s', c.id, c.amount, -sum(r.amount)) as what
        from commissions c
        join commissions r on (r.tenant_id, r.reverses_id) = (c.tenant_id, c.id)
       where c.tenant_id = ${tenantId}
       group by c.tenant_id, c.id, c.amount
      having abs(sum(r.amount)) > abs(c.amount) or sum(r.amount) * c.amount > 0`,
  },
  {
    name: "one transfer per payout",
    invariant: "once",
    counted: (tenantId) => sql`select count(*) as count from transfer_attempts where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('payout %s was transferred %s times', payout_id, count(*)) as what
        from transfer_attempts
       where tenant_id = ${tenantId} and status = 'succeeded'
       group by payout_id
      having count(*) > 1
       union all
      select format('payout %s is %s, its transfers are %s', p.id, p.status, coalesce(string_agg(a.status, ', '), 'none'))
        from partner_payouts p
        left join transfer_attempts a on (a.tenant_id, a.payout_id) = (p.tenant_id, p.id)
       where p.tenant_id = ${tenantId}
       group by p.id, p.status
      having (p.status = 'completed') <> coalesce(bool_or(a.status = 'succeeded'), false)`,
  },
  {
    name: "the items of a payout sum to it",
    invariant: "reserved",
    counted: (tenantId) => sql`select count(*) as count from payout_items where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('payout %s is of %s, its items of %s', p.id, p.amount, coalesce(sum(i.amount), 0)) as what
        from partner_payouts p
        left join payout_items i on (i.tenant_id, i.payout_id) = (p.tenant_id, p.id)
       where p.tenant_id = ${tenantId}
       group by p.id, p.amount
      having coalesce(sum(i.amount), 0) <> p.amount`,
  },
  {
    name: "what is in transit is what open payouts have reserved",
    invariant: "reserved",
    counted: (tenantId) => sql`select count(*) as count from partner_payouts where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with open as (
        select partner_id, currency, sum(amount) as amount
          from partner_payouts
         where tenant_id = ${tenantId} and status in ('pending', 'processing')
         group by partner_id, currency
      )
      select format('partner %s %s: %s in transit, %s reserved', partner_id, currency, coalesce(a.in_transit, 0), coalesce(o.amount, 0)) as what
        from (${accounts(tenantId)}) a
        full join open o using (partner_id, currency)
       where coalesce(a.in_transit, 0) <> coalesce(o.amount, 0)`,
  },
  {
    name: "fees in the books are the fees of transfers that were made",
    invariant: "balanced",
    counted: (tenantId) =>
      sql`select count(*) as count from partner_payouts where tenant_id = ${tenantId} and (fee > 0 or operator_fee > 0)`,
    broken: (tenantId) => sql`
      with made as (
        select p.partner_id, p.currency, sum(p.fee + p.operator_fee) as fees,
               sum(p.operator_fee + case a.status when 'returned' then p.fee else 0 end) as cost,
               sum(case a.status when 'succeeded' then p.amount - p.fee - p.tax_withheld else 0 end) as left_cash
          from partner_payouts p
          join transfer_attempts a on (a.tenant_id, a.payout_id) = (p.tenant_id, p.id) and a.status in ('succeeded', 'returned')
         where p.tenant_id = ${tenantId}
         group by p.partner_id, p.currency
      ), booked as (
        select partner_id, currency,
               coalesce(sum(balance) filter (where kind = 'payout_fee'), 0) as fees,
               coalesce(sum(balance) filter (where kind = 'payout_cost'), 0) as cost,
               -coalesce(sum(balance) filter (where kind = 'cash'), 0) as left_cash
          from ledger_accounts
         where tenant_id = ${tenantId}
         group by partner_id, currency
      )
      select format('partner %s %s: the books say fees %s, cost %s, paid %s; the transfers %s, %s, %s', partner_id, currency,
                    coalesce(b.fees, 0), coalesce(b.cost, 0), coalesce(b.left_cash, 0),
                    coalesce(m.fees, 0), coalesce(m.cost, 0), coalesce(m.left_cash, 0)) as what
        from booked b
        full join made m using (partner_id, currency)
        left join (${settledFees(tenantId)}) r using (partner_id, currency)
        left join (${settledShares(tenantId)}) s using (partner_id, currency)
       where (coalesce(b.fees, 0), coalesce(b.cost, 0), coalesce(b.left_cash, 0) + coalesce(r.paid, 0) + coalesce(s.paid, 0))
             is distinct from (coalesce(m.fees, 0), coalesce(m.cost, 0), coalesce(m.left_cash, 0))`,
  },
  {
    name: "what was released above the limit was approved by a second person",
    invariant: "reserved",
    counted: (tenantId) =>
      sql`select count(*) as count from payout_batches where tenant_id = ${tenantId} and status = 'released'`,
    broken: (tenantId) => sql`
      select format('batch %s of %s %s, made by %s, was approved by %s', b.id, b.amount, b.currency, coalesce(b.made_by::text, 'nobody'),
                    coalesce(b.approved_by::text, 'nobody')) as what
        from payout_batches b
       where b.tenant_id = ${tenantId}
         and b.status = 'released'
         and (b.approved_by = b.made_by
              or b.approved_by is null and b.approval_above < (
                   select sum(p.amount) from partner_payouts p where (p.tenant_id, p.batch_id) = (b.tenant_id, b.id)))
       union all
      select format('payout %s is %s, its batch %s is %s', p.id, p.status, b.id, b.status)
        from partner_payouts p
        join payout_batches b on (b.tenant_id, b.id) = (p.tenant_id, p.batch_id)
       where p.tenant_id = ${tenantId} and p.status in ('processing', 'completed', 'failed') and b.status <> 'released'`,
  },
  {
    name: "no schedule has paid one due day twice",
    invariant: "once",
    counted: (tenantId) => sql`select count(*) as count from payout_schedule_runs where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      select format('payout %s is of partner %s in %s, its due day of partner %s in %s', p.id, p.partner_id, p.currency, r.partner_id, r.currency) as what
        from payout_schedule_runs r
        join partner_payouts p on (p.tenant_id, p.id) = (r.tenant_id, r.payout_id)
       where r.tenant_id = ${tenantId} and (p.partner_id, p.currency) <> (r.partner_id, r.currency)
       union all
      select format('payout %s is of %s due days', payout_id, count(*))
        from payout_schedule_runs
       where tenant_id = ${tenantId}
       group by payout_id
      having count(*) > 1`,
  },
  {
    name: "no commission is paid beyond its amount",
    invariant: "reserved",
    counted: (tenantId) =>
      sql`select count(*) as count from commissions where tenant_id = ${tenantId} and status = 'paid'`,
    broken: (tenantId) => sql`
      select format('commission %s of %s is in payouts with %s', c.id, c.amount, sum(i.amount)) as what
        from payout_items i
        join commissions c on (c.tenant_id, c.id) = (i.tenant_id, i.commission_id)
       where i.tenant_id = ${tenantId} and i.state <> 'released'
       group by c.id, c.amount
      having abs(sum(i.amount)) > abs(c.amount) or sum(i.amount) * c.amount < 0
       union all
      select format('commission %s is %s, of %s confirmed payouts hold %s', c.id, c.status, c.amount, coalesce(sum(i.amount), 0))
        from commissions c
        left join payout_items i on (i.tenant_id, i.commission_id) = (c.tenant_id, c.id) and i.state = 'confirmed'
       where c.tenant_id = ${tenantId} and c.status = 'paid'
       group by c.id, c.status, c.amount
      having coalesce(sum(i.amount), 0) <> c.amount`,
  },
  {
    name: "a partner's sequence has no gap and no number twice",
    invariant: "reproducible",
    counted: (tenantId) =>
      sql`select coalesce(sum(last_number), 0)::bigint as count from partner_sequences where tenant_id = ${tenantId}`,
    broken: (tenantId) => sql`
      with recorded as (
        select partner_id, number from transactions where tenant_id = ${tenantId} and partner_id is not null
         union all
        select partner_id, number from partner_events where tenant_id = ${tenantId}
      )
      select format('partner %s: %s numbers taken, %s recorded, %s of them different', s.partner_id, s.last_number, count(r.number), count(distinct r.number)) as what
        from partner_sequences s
        left join recorded r using (partner_id)
       where s.tenant_id = ${tenantId}
       group by s.partner_id, s.last_number
      having count(r.number) <> s.last_number or count(distinct r.number) <> s.last_number`,
  },
  {
    name: "every recorded transaction of a partner's customer has its receipt",
    invariant: "reproducible",
    counted: (tenantId) =>
      sql`select count(*) as count from transactions where tenant_id = ${tenantId} and number is not null`,
    broken: (tenantId) => sql`
      select format('transaction %s has no receipt', t.external_id) as what
        from transactions t
       where t.tenant_id = ${tenantId}
         and t.number is not null
         and not exists (select from commission_receipts r where (r.tenant_id, r.event_id) = (t.tenant_id, t.id))`,
  },
  ...FEE_CHECKS,
  ...SHARE_CHECKS,
  ...TAX_CHECKS,
  {
    name: "every table is under a tenant policy",
    invariant: "isolated",
    counted: () => sql`select count(*) as count from pg_tables where schemaname = 'tributary'`,
    broken: () => sql`
      select format('table %s has no row-level security', c.relname) as what
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'tributary' and c.relkind in ('r', 'p') and c.relname <> 'migrations'
         and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))`,
  },
];
