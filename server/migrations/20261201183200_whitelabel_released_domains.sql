-- Why: a tenant that was removed lets its domains go: each answers as gone while it still leads here, until somebody else has shown that it is theirs.

-- Up Migration
set local lock_timeout = '5s';

alter table custom_domains add column is_released boolean not null default false;
comment on column custom_domains.is_released is 'Of a tenant that was removed: served as gone, and free for whoever shows that it is theirs.';
update custom_domains d set is_released = true from tenants t where t.id = d.tenant_id and t.status = 'removed';
drop index custom_domains_served_index;
create unique index custom_domains_served_index on custom_domains (domain) where state in ('active', 'failing') and not is_released;
create index custom_domains_released_index on custom_domains (domain) where is_released;

create or replace function set_sub_operator(child_id uuid, new_status text, new_reason text, new_limits jsonb) returns boolean
  language sql security definer
  set search_path = tributary, pg_temp
  as $$
    with changed as (
      update tenants set status = new_status, status_reason = new_reason, limits = new_limits
       where id = child_id and parent_id = current_tenant_id()
      returning 1
    ), released as (
      update custom_domains set is_released = true, next_check_at = null
       where tenant_id = child_id and new_status = 'removed' and exists (select from changed)
    )
    select exists (select from changed)
  $$;

create or replace function tenant_for_host(requested_host text) returns table (id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.parent_id, t.name, named.host, t.mode, t.status, t.clock_offset_ms
      from (
        select o.id, o.host, 1 as rank from tenants o where o.host = lower(requested_host)
         union all
        select d.tenant_id, d.domain, 2 from custom_domains d where d.domain = lower(requested_host) and d.state in ('active', 'failing') and not d.is_released
         union all
        select d.tenant_id, d.domain, 3 from custom_domains d where d.domain = lower(requested_host) and d.state in ('active', 'failing') and d.is_released
         union all
        select o.id, null, 4 from tenants o where o.parent_id is null and o.mode = 'live'
      ) named
      join tenants t on t.id = named.id
     order by named.rank
     limit 1
  $$;

create or replace function domain_holder(requested_domain text) returns table (tenant_id uuid)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select o.id from tenants o where o.host = lower(requested_domain)
     union all
    select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing') and not d.is_released
     limit 1
  $$;

-- Down Migration
set local lock_timeout = '5s';

create or replace function domain_holder(requested_domain text) returns table (tenant_id uuid)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select o.id from tenants o where o.host = lower(requested_domain)
     union all
    select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing')
     limit 1
  $$;

create or replace function tenant_for_host(requested_host text) returns table (id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.parent_id, t.name, named.host, t.mode, t.status, t.clock_offset_ms
      from (
        select o.id, o.host, 1 as rank from tenants o where o.host = lower(requested_host)
         union all
        select d.tenant_id, d.domain, 2 from custom_domains d where d.domain = lower(requested_host) and d.state in ('active', 'failing')
         union all
        select o.id, null, 3 from tenants o where o.parent_id is null and o.mode = 'live'
      ) named
      join tenants t on t.id = named.id
     order by named.rank
     limit 1
  $$;

create or replace function set_sub_operator(child_id uuid, new_status text, new_reason text, new_limits jsonb) returns boolean
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

drop index custom_domains_released_index, custom_domains_served_index;
update custom_domains d set state = 'lapsed' where d.is_released;
create unique index custom_domains_served_index on custom_domains (domain) where state in ('active', 'failing');
alter table custom_domains drop column is_released;
