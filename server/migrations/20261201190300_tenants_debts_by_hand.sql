-- Why: what is paid by hand counts as paid when it is released, and is paid when the bank file has it. A sub-operator that was removed in between could
-- not take the file any more, and its partners were paid by nobody.

-- Up Migration
set local lock_timeout = '5s';

create or replace function sub_operator_debts(child_id uuid) returns table (currency text, amount bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    with child as (
      select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id()
    ), owed as (
      select a.currency, a.balance as amount
        from ledger_accounts a
       where a.tenant_id = (select c.id from child c)
         and a.kind in ('pending', 'available', 'disputed', 'payout_in_transit')
       union all
      select p.currency, p.amount - p.fee - p.tax_withheld
        from partner_payouts p
       where p.tenant_id = (select c.id from child c)
         and p.payment_method = 'bank_file' and p.status = 'completed' and p.exported_at is null
    )
    select o.currency, sum(o.amount)::bigint
      from owed o
     group by o.currency
    having sum(o.amount) <> 0
     order by o.currency
  $$;
comment on function sub_operator_debts is 'What a tenant under the running transaction''s owes its partners, by currency: in its books, and by hand, which no bank file has had yet.';

-- Down Migration
set local lock_timeout = '5s';

create or replace function sub_operator_debts(child_id uuid) returns table (currency text, amount bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select a.currency, sum(a.balance)::bigint
      from ledger_accounts a
     where a.tenant_id = (select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id())
       and a.kind in ('pending', 'available', 'disputed', 'payout_in_transit')
     group by a.currency
    having sum(a.balance) <> 0
     order by a.currency
  $$;
comment on function sub_operator_debts is 'What a tenant under the running transaction''s owes its partners, by currency.';
