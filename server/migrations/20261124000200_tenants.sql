-- Why: the operator and, under it, white-label sub-operators; every other row belongs to one of them. A tenant in test mode is the twin of
-- a live one and has a clock of its own.

-- Up Migration
set local lock_timeout = '5s';

create table tenants (
  id uuid primary key,
  parent_id uuid references tenants (id),
  name text not null,
  host text unique,
  mode text not null default 'live',
  status text not null default 'active',
  clock_offset_ms bigint not null default 0,
  created_at timestamptz not null,
  constraint tenants_mode_check check (mode in ('live', 'test')),
  constraint tenants_status_check check (status in ('active', 'suspended')),
  constraint tenants_clock_test_mode_check check (clock_offset_ms = 0 or mode = 'test'),
  constraint tenants_host_lower_check check (host = lower(host))
);
create unique index tenants_one_operator_index on tenants ((true)) where parent_id is null and mode = 'live';
alter table tenants enable row level security;
create policy tenant_isolation on tenants to tributary_server
  using (id = (select current_tenant_id()))
  with check (id = (select current_tenant_id()));
grant select on tenants to tributary_server;

comment on table tenants is 'The operator, and white-label sub-operators under it. Every other row belongs to one of them.';
comment on column tenants.host is 'The host name that it answers on; the operator answers on every host that is nobody else''s.';
comment on column tenants.mode is '`test` is the twin of a live tenant, with a clock of its own.';
comment on column tenants.clock_offset_ms is 'How far the clock of a test tenant is moved.';

-- Down Migration
drop table tenants;
