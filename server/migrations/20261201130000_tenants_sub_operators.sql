-- Why: a partner becomes an operator of its own, in a tenant under the one that it is a partner of. Its parent makes that tenant, sets its limits,
-- and reads what it sold for its own share of it: each through a function that answers for the children of the asking tenant alone.

-- Up Migration
set local lock_timeout = '5s';

alter table tenants
  add column limits jsonb not null default '{}',
  add column status_reason text,
  drop constraint tenants_status_check,
  add constraint tenants_status_check check (status in ('active', 'suspended', 'removed'));
comment on column tenants.limits is 'What its parent allows it: shapes in server/src/tenants/tenant-limits.ts. Empty where nothing is limited.';
comment on column tenants.status_reason is 'Why it is suspended or removed, for those who are refused.';

create function create_sub_operator(new_id uuid, new_name text, new_host text, new_limits jsonb, at timestamptz) returns text
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
begin
  if not exists (select from tenants where id = current_tenant_id() and parent_id is null) then return 'nested'; end if;
  insert into tenants (id, parent_id, name, host, mode, clock_offset_ms, limits, created_at)
  select new_id, p.id, new_name, new_host, p.mode, p.clock_offset_ms, new_limits, at from tenants p where p.id = current_tenant_id()
      on conflict (host) do nothing;
  return case when found then 'made' else 'host_taken' end;
end $$;
comment on function create_sub_operator is 'Makes a tenant under the running transaction''s: `made`, `host_taken`, or `nested` where that one is itself under another.';

create function set_sub_operator(child_id uuid, new_status text, new_reason text, new_limits jsonb) returns boolean
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with changed as (
      update tenants set status = new_status, status_reason = new_reason, limits = new_limits
       where id = child_id and parent_id = current_tenant_id()
      returning 1
    )
    select exists (select from changed)
  $$;
comment on function set_sub_operator is 'Sets how a tenant under the running transaction''s stands; false where there is none.';

create function sub_operator_sales(child_id uuid, transaction_ids uuid[]) returns table (
    root_id uuid, id uuid, kind text, currency text, amount bigint, tax bigint, revenue bigint, occurred_at timestamptz, recorded_at timestamptz, original_id uuid)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    with child as (
      select t.id from tenants t where t.id = child_id and t.parent_id = current_tenant_id()
    ), roots as (
      select distinct coalesce(second.id, first.id, t.id) as id
        from transactions t
        left join transactions first on (first.tenant_id, first.id) = (t.tenant_id, t.original_id)
        left join transactions second on (second.tenant_id, second.id) = (first.tenant_id, first.original_id)
       where t.tenant_id = (select c.id from child c)
         and t.id = any (transaction_ids)
         and (t.original_external_id is null or t.original_id is not null)
    ), family as (
      select r.id as root_id, r.id as id from roots r
       union all
      select r.id, one.id from roots r join transactions one on (one.tenant_id, one.original_id) = ((select c.id from child c), r.id)
       union all
      select r.id, two.id
        from roots r
        join transactions one on (one.tenant_id, one.original_id) = ((select c.id from child c), r.id)
        join transactions two on (two.tenant_id, two.original_id) = (one.tenant_id, one.id)
    )
    select f.root_id, t.id, t.kind, t.currency, t.amount, t.tax, t.revenue, t.occurred_at, t.recorded_at, t.original_id
      from family f
      join transactions t on (t.tenant_id, t.id) = ((select c.id from child c), f.id)
     order by f.root_id, t.original_id is not null, t.recorded_at, t.id
  $$;
comment on function sub_operator_sales is 'Sales of a tenant under the running transaction''s, each with all that reverses it, whichever of them is named. Not who bought.';

create function sub_operator_roots(child_id uuid, after_id uuid, batch_size integer) returns setof uuid
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id
      from transactions t
     where t.tenant_id = (select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id())
       and t.original_external_id is null
       and (after_id is null or t.id > after_id)
     order by t.id
     limit batch_size
  $$;
comment on function sub_operator_roots is 'Ids of the sales of a tenant under the running transaction''s, in order, for whoever proves its share of them.';

create function sub_operator_untold(child_id uuid) returns table (transaction_id uuid, is_given_up boolean)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select told.id::uuid, e.given_up_at is not null
      from outbox_events e
     cross join lateral jsonb_array_elements_text(e.data -> 'transactionIds') as told (id)
     where e.tenant_id = (select c.id from tenants c where c.id = child_id and c.parent_id = current_tenant_id())
       and e.type = 'sub_operator.sold'
       and e.dispatched_at is null
  $$;
comment on function sub_operator_untold is 'Transactions of a tenant under the running transaction''s that its parent has not been told of yet.';

create function sub_operator_debts(child_id uuid) returns table (currency text, amount bigint)
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

create function sub_operator_partners() returns table (child_id uuid, partners bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, count(*)
      from tenants t
      join partners p on p.tenant_id = t.id and p.status in ('active', 'suspended')
     where t.parent_id = current_tenant_id()
     group by t.id
  $$;
comment on function sub_operator_partners is 'How many partners count against the limit of each tenant under the running transaction''s.';

revoke all on function create_sub_operator(uuid, text, text, jsonb, timestamptz), set_sub_operator(uuid, text, text, jsonb), sub_operator_sales(uuid, uuid[]), sub_operator_roots(uuid, uuid, integer), sub_operator_untold(uuid), sub_operator_debts(uuid), sub_operator_partners() from public;
grant execute on function create_sub_operator(uuid, text, text, jsonb, timestamptz), set_sub_operator(uuid, text, text, jsonb), sub_operator_sales(uuid, uuid[]), sub_operator_roots(uuid, uuid, integer), sub_operator_untold(uuid), sub_operator_debts(uuid), sub_operator_partners() to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function sub_operator_partners(), sub_operator_debts(uuid), sub_operator_untold(uuid), sub_operator_roots(uuid, uuid, integer), sub_operator_sales(uuid, uuid[]), set_sub_operator(uuid, text, text, jsonb), create_sub_operator(uuid, text, text, jsonb, timestamptz);
alter table tenants
  drop column limits,
  drop column status_reason,
  drop constraint tenants_status_check,
  add constraint tenants_status_check check (status in ('active', 'suspended'));
