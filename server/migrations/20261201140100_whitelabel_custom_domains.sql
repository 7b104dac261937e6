-- Why: a programme answers on a domain of its own, once whoever enters it has shown that it is theirs.

-- Up Migration
set local lock_timeout = '5s';

create table custom_domains (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  domain text not null,
  token text not null,
  state text not null default 'pending',
  state_since timestamptz not null,
  problems jsonb not null default '[]',
  failures integer not null default 0,
  checked_at timestamptz,
  next_check_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  primary key (tenant_id, id),
  constraint custom_domains_once_key unique (tenant_id, domain),
  constraint custom_domains_state_check check (state in ('pending', 'active', 'failing', 'broken', 'lapsed')),
  constraint custom_domains_domain_check check (domain = lower(domain) and length(domain) <= 242),
  constraint custom_domains_failures_check check (failures >= 0)
);
create unique index custom_domains_served_index on custom_domains (domain) where state in ('active', 'failing');
create index custom_domains_due_index on custom_domains (tenant_id, next_check_at) where next_check_at is not null;
create trigger custom_domains_tell_hosts_update after update on custom_domains
  for each row when (old.state is distinct from new.state) execute function tell_hosts();
create trigger custom_domains_tell_hosts_delete after delete on custom_domains
  for each row when (old.state in ('active', 'failing')) execute function tell_hosts();
select isolate('custom_domains', 'select, insert, update, delete');
comment on table custom_domains is 'Domains that tenants have entered. Several tenants may enter one; it is served for the one that has shown that it is theirs.';
comment on column custom_domains.domain is 'In the form that DNS knows (punycode), without the dot at its end.';
comment on column custom_domains.token is 'What its TXT record has to say; of this entry alone, so that a record of an earlier one counts for nothing.';
comment on column custom_domains.state is '`pending` until it is shown; `active`; `failing` in the time of grace, still served; `broken` after it; `lapsed` where it was never shown in time.';
comment on column custom_domains.state_since is 'When it came into its state.';
comment on column custom_domains.problems is 'What the last check found missing: shapes in server/src/whitelabel/domain-rules.ts.';
comment on column custom_domains.failures is 'Checks in a row that found something missing.';
comment on column custom_domains.checked_at is 'When DNS was last asked.';
comment on column custom_domains.next_check_at is 'When it is asked again; null where only somebody''s wish has it asked.';
comment on column custom_domains.created_by is 'Who of the team entered it; null where an API key did.';

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
comment on function tenant_for_host is 'The tenant that answers on a host, and the host where it is its own; the operator itself, without a host, for every one that is nobody else''s.';

create function domain_holder(requested_domain text) returns table (tenant_id uuid, is_active boolean)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.status = 'active'
      from (
        select o.id from tenants o where o.host = lower(requested_domain)
         union all
        select d.tenant_id from custom_domains d where d.domain = lower(requested_domain) and d.state in ('active', 'failing')
      ) named
      join tenants t on t.id = named.id
     limit 1
  $$;
comment on function domain_holder is 'Whose a domain is that somebody is served on, of all tenants: nobody else may have it, and a certificate is got for it alone.';
revoke all on function domain_holder(text) from public;
grant execute on function domain_holder(text) to tributary_server;

-- Down Migration
set local lock_timeout = '5s';

drop function domain_holder(text);
create or replace function tenant_for_host(requested_host text) returns table (id uuid, parent_id uuid, name text, host text, mode text, status text, clock_offset_ms bigint)
  language sql stable security definer
  set search_path = tributary, pg_temp
  as $$
    select t.id, t.parent_id, t.name, t.host, t.mode, t.status, t.clock_offset_ms
      from tenants t
     where t.host = lower(requested_host)
        or (t.parent_id is null and t.mode = 'live')
     order by (t.host = lower(requested_host)) is true desc
     limit 1
  $$;
comment on function tenant_for_host is 'The tenant that answers on a host; the operator itself for every host that is nobody else''s.';
drop table custom_domains;
