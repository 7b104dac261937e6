-- Why: a tenant has a test twin, a tenant of its own with the same settings, whose clock is moved. How it is made and found crosses tenants: each
-- function answers about the twin of one live tenant alone.

-- Up Migration
set local lock_timeout = '5s';

alter table tenants
  add column live_id uuid references tenants (id),
  add column clock_target timestamptz,
  add column refreshed_at timestamptz,
  add constraint tenants_twin_check check (live_id is null or (mode = 'test' and host is null and parent_id is null)),
  add constraint tenants_clock_target_check check (clock_target is null or mode = 'test');
create unique index tenants_one_twin_index on tenants (live_id) where status <> 'removed';
grant update (clock_offset_ms, clock_target) on tenants to tributary_server;
comment on column tenants.live_id is 'Whose twin a test tenant is; null of a live one.';
comment on column tenants.clock_target is 'Where the clock of a twin is being moved to; null while it is not.';
comment on column tenants.refreshed_at is 'When a twin was last given its live tenant''s settings; the machine''s time.';

create function refuse_clock_back() returns trigger
  language plpgsql
  set search_path = tributary, pg_temp
  as $$
begin
  raise exception 'the clock of a test tenant is moved forward alone' using errcode = 'check_violation', constraint = 'tenants_clock_forward';
end $$;
comment on function refuse_clock_back() is 'A clock that has been moved forward stays there, or goes on.';
create trigger tenants_clock_forward before update of clock_offset_ms on tenants for each row when (new.clock_offset_ms < old.clock_offset_ms)
  execute function refuse_clock_back();

create function find_twin(asked_live_id uuid) returns table (
    id uuid, name text, clock_offset_ms bigint, clock_target timestamptz, created_at timestamptz, refreshed_at timestamptz)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.name, t.clock_offset_ms, t.clock_target, t.created_at, t.refreshed_at
      from tenants t
      join tenants l on l.id = t.live_id and l.status <> 'removed'
     where t.live_id = asked_live_id
       and t.status <> 'removed'
  $$;
comment on function find_twin is 'The twin of a live tenant, where it has one.';

create function create_twin(new_id uuid, at timestamptz) returns boolean
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with made as (
      insert into tenants (id, live_id, name, mode, limits, created_at)
      select new_id, l.id, l.name, 'test', l.limits, at
        from tenants l
       where l.id = current_tenant_id() and l.mode = 'live' and l.status <> 'removed'
          on conflict (live_id) where status <> 'removed' do nothing
      returning 1
    )
    select exists (select from made)
  $$;
comment on function create_twin is 'Makes the twin of the running transaction''s tenant; false where it has one, or is none that may.';

create function remove_twin() returns boolean
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with removed as (
      update tenants set status = 'removed', status_reason = 'The test twin was removed', clock_target = null
       where live_id = current_tenant_id() and status <> 'removed'
      returning 1
    )
    select exists (select from removed)
  $$;
comment on function remove_twin is 'Ends the twin of the running transaction''s tenant; false where it has none.';

create function copy_to_twin(at timestamptz) returns boolean
  language plpgsql security definer
  set search_path = tributary, pg_temp
  as $$
declare
  live uuid := current_tenant_id();
  twin uuid;
  one text;
  columns text;
begin
  select t.id into twin from tenants t where t.live_id = live and t.status <> 'removed' for no key update;
  if twin is null then return false; end if;
  update tenants t
     set name = l.name || ' (test)', limits = l.limits, mail_look = l.mail_look, link_host = coalesce(l.link_host, l.host), refreshed_at = at
    from tenants l
   where l.id = live and t.id = twin;

  foreach one in array array['dispute_settings', 'feature_flags', 'lead_settings', 'payout_settings', 'spend_limits'] loop
    select string_agg(quote_ident(a.attname), ', ') into columns
      from pg_attribute a
     where a.attrelid = one::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'tenant_id';
    execute format('delete from %I where tenant_id = $1', one) using twin;
    execute format('insert into %I (tenant_id, %s) select $1, %s from %I where tenant_id = $2', one, columns, columns, one) using twin, live;
  end loop;

  -- No two people sign in to a twin to approve what is above a limit; and a schedule that goes on there goes on from its own date.
  insert into payout_currency_settings as kept (
         tenant_id, currency, fee_borne_by, fee_fixed, fee_ppm, every, day, minimum, anchor_on, next_due_on, updated_at)
  select twin, s.currency, s.fee_borne_by, s.fee_fixed, s.fee_ppm, s.every, s.day, s.minimum, s.anchor_on, s.next_due_on, s.updated_at
    from payout_currency_settings s
   where s.tenant_id = live
      on conflict (tenant_id, currency) do update
     set fee_borne_by = excluded.fee_borne_by, fee_fixed = excluded.fee_fixed, fee_ppm = excluded.fee_ppm, every = excluded.every, day = excluded.day,
         minimum = excluded.minimum, anchor_on = excluded.anchor_on, updated_at = excluded.updated_at,
         next_due_on = case when excluded.next_due_on is null then null else greatest(kept.next_due_on, excluded.next_due_on) end;

  -- Of what is kept in versions, the newest, where the twin's newest says something else.
  insert into files (tenant_id, id, name, media_type, size, content, created_at)
  select twin, f.id, f.name, f.media_type, f.size, f.content, f.created_at
    from (select * from brandings where tenant_id = live order by version desc limit 1) b
    join files f on f.tenant_id = live and f.id in (b.logo_id, b.logo_dark_id, b.favicon_id)
      on conflict do nothing;
  insert into brandings (tenant_id, version, settings, logo_id, logo_dark_id, favicon_id, created_at)
  select twin, coalesce(kept.version, 0) + 1, b.settings, b.logo_id, b.logo_dark_id, b.favicon_id, at
    from (select * from brandings where tenant_id = live order by version desc limit 1) b
    left join (select * from brandings where tenant_id = twin order by version desc limit 1) kept on true
   where row (kept.settings, kept.logo_id, kept.logo_dark_id, kept.favicon_id)
         is distinct from row (b.settings, b.logo_id, b.logo_dark_id, b.favicon_id);
  insert into fraud_rule_sets (tenant_id, version, rules, reason, made_by, made_at)
  select twin, coalesce(kept.version, 0) + 1, r.rules, 'As the live programme has them', 'twins.copy', at
    from (select * from fraud_rule_sets where tenant_id = live order by version desc limit 1) r
    left join (select * from fraud_rule_sets where tenant_id = twin order by version desc limit 1) kept on true
   where kept.rules is distinct from r.rules;
  insert into notice_templates (tenant_id, name, version, subject, text, created_at)
  select twin, n.name, coalesce(kept.version, 0) + 1, n.subject, n.text, at
    from (select distinct on (name) * from notice_templates where tenant_id = live order by name, version desc) n
    left join (select distinct on (name) * from notice_templates where tenant_id = twin order by name, version desc) kept on kept.name = n.name
   where row (kept.subject, kept.text) is distinct from row (n.subject, n.text);
  return true;
end $$;
comment on function copy_to_twin is 'Gives the twin of the running transaction''s tenant that one''s settings; false where it has none. Its programme and plan are its own verbs'' work.';

create or replace function list_tenants() returns table (id uuid, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.mode, case when l.status = 'removed' then l.status else t.status end, t.clock_offset_ms
      from tenants t
      left join tenants l on l.id = t.live_id
     order by t.id
  $$;
comment on function list_tenants is 'Ids alone, for jobs that wake the same work in every tenant. A twin is removed with its live tenant.';

create or replace function job_run_figures() returns table (name text, succeeded_at timestamptz, duration_ms bigint, failures bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select r.name, case when count(*) = count(r.succeeded_at) then min(r.succeeded_at) end, max(r.duration_ms), sum(r.failures)::bigint
      from job_runs r
      join tenants t on t.id = r.tenant_id and t.status = 'active' and t.mode = 'live'
     group by r.name
     order by r.name
  $$;
comment on function job_run_figures is 'Figures of each job over all live tenants, for metrics: the oldest of their last successes, the longest of their last runs, all failures. No tenant is told apart.';

drop function find_api_key(text);
create function find_api_key(public_id text) returns table (
    tenant_id uuid, id uuid, partner_id uuid, partner_tier text, partner_status text, api_secret_hash text, permissions jsonb,
    ip_allow_list jsonb, expires_at timestamptz, status text, last_used_at timestamptz, tenant_status text, clock_offset_ms bigint, live_id uuid)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select k.tenant_id, k.id, k.partner_id, coalesce(real.tier, p.tier), case when real.status = 'active' then p.status else coalesce(real.status, p.status) end,
           k.api_secret_hash, k.permissions, k.ip_allow_list, k.expires_at, k.status, k.last_used_at, t.status, t.clock_offset_ms, t.live_id
      from partner_api_keys k
      join tenants t on t.id = k.tenant_id
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
      left join partners real on real.tenant_id = t.live_id and real.id::text = p.external_id
     where k.api_key = public_id
  $$;
comment on function find_api_key is 'A key names its tenant: it is looked up by its public id, before any tenant is known. In a twin its partner has the tier of the live one, and stands as that does where it is not active.';

revoke all on function find_twin(uuid), create_twin(uuid, timestamptz), remove_twin(), copy_to_twin(timestamptz), find_api_key(text) from public;
grant execute on function find_twin(uuid), create_twin(uuid, timestamptz), remove_twin(), copy_to_twin(timestamptz), find_api_key(text) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function find_api_key(text);
create function find_api_key(public_id text) returns table (
    tenant_id uuid, id uuid, partner_id uuid, partner_tier text, partner_status text, api_secret_hash text, permissions jsonb,
    ip_allow_list jsonb, expires_at timestamptz, status text, last_used_at timestamptz, tenant_status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select k.tenant_id, k.id, k.partner_id, p.tier, p.status, k.api_secret_hash, k.permissions, k.ip_allow_list, k.expires_at, k.status, k.last_used_at,
           t.status, t.clock_offset_ms
      from partner_api_keys k
      join tenants t on t.id = k.tenant_id
      left join partners p on (p.tenant_id, p.id) = (k.tenant_id, k.partner_id)
     where k.api_key = public_id
  $$;
comment on function find_api_key is 'A key names its tenant: it is looked up by its public id, before any tenant is known.';
revoke all on function find_api_key(text) from public;
grant execute on function find_api_key(text) to tributary_server;
create or replace function job_run_figures() returns table (name text, succeeded_at timestamptz, duration_ms bigint, failures bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select r.name, case when count(*) = count(r.succeeded_at) then min(r.succeeded_at) end, max(r.duration_ms), sum(r.failures)::bigint
      from job_runs r
      join tenants t on t.id = r.tenant_id and t.status = 'active'
     group by r.name
     order by r.name
  $$;
comment on function job_run_figures is 'Figures of each job over all tenants, for metrics: the oldest of their last successes, the longest of their last runs, all failures. No tenant is told apart.';
create or replace function list_tenants() returns table (id uuid, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$ select t.id, t.mode, t.status, t.clock_offset_ms from tenants t order by t.id $$;
comment on function list_tenants is 'Ids alone, for jobs that wake the same work in every tenant.';
drop function copy_to_twin(timestamptz), remove_twin(), create_twin(uuid, timestamptz), find_twin(uuid);
revoke update (clock_offset_ms, clock_target) on tenants from tributary_server;
drop trigger tenants_clock_forward on tenants;
drop function refuse_clock_back();
drop index tenants_one_twin_index;
alter table tenants
  drop constraint tenants_twin_check,
  drop constraint tenants_clock_target_check,
  drop column live_id,
  drop column clock_target,
  drop column refreshed_at;
